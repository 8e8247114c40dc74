package jp.kakunin.edge.desk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a posted JSON object, flat, read so that a PIN never becomes a [String].
final class JsonFields implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final String PIN = "pin";

    private final Map<String, String> fields = new HashMap<>();
    private char[] pin = new char[0];

    private JsonFields() {}

    /// Reads the body and overwrites it. Null when it is no flat object.
    static @Nullable JsonFields read(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? read(parser) : null;
        } catch (IOException _) {
            return null;
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private static @Nullable JsonFields read(JsonParser parser) throws IOException {
        JsonFields read = new JsonFields();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == null || value.isStructStart()) {
                return null;
            }
            if (name.equals(PIN)) {
                read.pin = Arrays.copyOfRange(
                        parser.getTextCharacters(),
                        parser.getTextOffset(),
                        parser.getTextOffset() + parser.getTextLength());
                Arrays.fill(
                        parser.getTextCharacters(),
                        parser.getTextOffset(),
                        parser.getTextOffset() + parser.getTextLength(),
                        '\0');
            } else if (value != JsonToken.VALUE_NULL) {
                read.fields.put(name, parser.getText());
            }
        }
        return read;
    }

    Map<String, String> fields() {
        return fields;
    }

    /// The PIN as sent; the caller overwrites it.
    char[] takePin() {
        char[] taken = pin;
        pin = new char[0];
        return taken;
    }

    @Override
    public void close() {
        Arrays.fill(pin, '\0');
    }

    @Override
    public String toString() {
        return "JsonFields[redacted]";
    }
}
