package jp.kakunin.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Bytes written down once: hex digits, 32 bytes a line, in `src/test/resources/golden`.
record GoldenFile(String name, byte[] bytes) {
    private static final int LINE_DIGITS = 64;

    static GoldenFile named(String name) {
        try (InputStream file = GoldenFile.class.getResourceAsStream("/golden/" + name + ".hex")) {
            String digits = file == null ? "" : new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            return new GoldenFile(name, HexFormat.of().parseHex(digits.replaceAll("\\s", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The remedy when the product writes other bytes than these.
    String remedy(byte[] actual) {
        return """
                %s is written in other bytes than before: a schema or a codec has changed.
                Every store and every peer of an older version still has the old bytes. If a release wrote them,
                keep its schema, let the codec read by fingerprint with Avro's resolution, keep the old golden file
                as one that must still be read, and add a new one. If no release wrote them, put this into
                src/test/resources/golden/%s.hex:
                %s""".formatted(name, name, lines(actual));
    }

    private static String lines(byte[] bytes) {
        String digits = HexFormat.of().formatHex(bytes);
        return IntStream.iterate(0, from -> from < digits.length(), from -> from + LINE_DIGITS)
                .mapToObj(from -> digits.substring(from, Math.min(from + LINE_DIGITS, digits.length())))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
