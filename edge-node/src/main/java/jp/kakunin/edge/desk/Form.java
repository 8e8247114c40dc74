package jp.kakunin.edge.desk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a posted form (`application/x-www-form-urlencoded`), read from bytes so that a PIN never becomes a
/// [String], which could not be overwritten.
final class Form implements AutoCloseable {
    static final int FIELDS_MAX = 40;

    private static final String PIN = "pin";

    private final Map<String, String> fields = new HashMap<>();
    private char[] pin = new char[0];

    private Form() {}

    /// Reads the body and overwrites it.
    static Form read(byte[] body) {
        try {
            Form form = new Form();
            int start = 0;
            for (int count = 0; start < body.length && count < FIELDS_MAX; count++) {
                int end = indexOf(body, '&', start, body.length);
                int equals = Math.min(indexOf(body, '=', start, end), end);
                form.take(decode(body, start, equals), body, Math.min(equals + 1, end), end);
                start = end + 1;
            }
            return form;
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private void take(byte[] name, byte[] body, int start, int end) {
        byte[] value = decode(body, start, end);
        String key = new String(name, StandardCharsets.UTF_8);
        if (key.equals(PIN)) {
            pin = new char[value.length];
            for (int i = 0; i < value.length; i++) {
                pin[i] = (char) (value[i] & 0xff);
            }
            Arrays.fill(value, (byte) 0);
        } else {
            fields.put(key, new String(value, StandardCharsets.UTF_8));
        }
    }

    Map<String, String> fields() {
        return fields;
    }

    @Nullable
    String get(String name) {
        return fields.get(name);
    }

    /// The PIN as typed; the caller overwrites it.
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
        return "Form[redacted]";
    }

    private static int indexOf(byte[] body, char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] == wanted) {
                return i;
            }
        }
        return end;
    }

    private static byte[] decode(byte[] body, int start, int end) {
        Wipeable out = new Wipeable(end - start);
        for (int i = start; i < end; i++) {
            int high = hex(body, i + 1, end);
            int low = hex(body, i + 2, end);
            if (body[i] == '%' && high >= 0 && low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        byte[] value = out.toByteArray();
        out.wipe();
        return value;
    }

    private static int hex(byte[] body, int at, int end) {
        return at < end ? Character.digit(body[at], 16) : -1;
    }

    private static final class Wipeable extends ByteArrayOutputStream {
        Wipeable(int size) {
            super(Math.max(size, 1));
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
