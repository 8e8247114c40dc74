package jp.kakunin.hub.activation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The terms of use that a clinic accepts when it activates a device.
public record Terms(String version, String japanese, String english) {
    /// Changes whenever a word of the texts does.
    private static final String VERSION = "2026-11";

    static Terms shipped() {
        return new Terms(VERSION, read("terms.ja.txt"), read("terms.en.txt"));
    }

    private static String read(String name) {
        try (InputStream in = Terms.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
