package jp.kakunin.load.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// The report as JSON: the names of [RunReport], instants as ISO 8601, durations in seconds. A histogram is its
/// percentiles, for people and scripts, and `encoded`, HdrHistogram's own compressed form in base64, from which it is
/// read back. `passed`, `good`, `open` and `steady` are derived and not read.
final class ReportJson {
    private static final double NANOS = 1e9;
    private static final ObjectMapper MAPPER = mapper();

    private ReportJson() {}

    static String encode(RunReport report) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is made of what JSON can hold", e);
        }
    }

    /// @param name of the file, for messages
    static RunReport decode(String json, String name) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(json);
            int format = tree.path("format").asInt(0);
            if (format != RunReport.FORMAT) {
                throw new IOException(name + " is a report of format " + format + ", this program reads format "
                        + RunReport.FORMAT + ": compare it with the program that wrote it");
            }
            return MAPPER.treeToValue(tree, RunReport.class);
        } catch (JsonProcessingException e) {
            throw new IOException(name + " is not a report.json: " + e.getOriginalMessage(), e);
        }
    }

    /// For a script inside a page: nothing in it can end the script.
    static String encodeForPage(Object value) {
        try {
            return MAPPER.writeValueAsString(value).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a chart is made of what JSON can hold", e);
        }
    }

    private static ObjectMapper mapper() {
        var types = new SimpleModule();
        types.addSerializer(Duration.class, writing((value, out) -> out.writeNumber(value.toNanos() / NANOS)));
        types.addDeserializer(Duration.class, reading(in -> Duration.ofNanos(Math.round(in.getDoubleValue() * NANOS))));
        types.addSerializer(Instant.class, writing((value, out) -> out.writeString(value.toString())));
        types.addDeserializer(Instant.class, reading(in -> Instant.parse(in.getText())));
        types.addSerializer(Histogram.class, writing(ReportJson::write));
        types.addDeserializer(Histogram.class, reading(ReportJson::histogram));
        return JsonMapper.builder()
                .addModule(types)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }

    private static void write(Histogram histogram, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField("count", histogram.getTotalCount());
        for (Percentile percentile : Percentile.TABLE) {
            out.writeNumberField(percentile.name(), histogram.getValueAtPercentile(percentile.value()));
        }
        out.writeNumberField("max", histogram.getMaxValue());
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        out.writeStringField("encoded", Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length)));
        out.writeEndObject();
    }

    private static Histogram histogram(JsonParser in) throws IOException {
        String encoded = in.readValueAsTree().at("/encoded") instanceof JsonNode node ? node.asText() : "";
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw JsonMappingException.from(in, "a histogram cannot be decoded", e);
        }
    }

    @FunctionalInterface
    private interface Writing<T> {
        void write(T value, JsonGenerator out) throws IOException;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(JsonParser in) throws IOException;
    }

    private static <T> JsonSerializer<T> writing(Writing<T> how) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider all) throws IOException {
                how.write(value, out);
            }
        };
    }

    private static <T> JsonDeserializer<T> reading(Reading<T> how) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return how.read(in);
            }
        };
    }
}
