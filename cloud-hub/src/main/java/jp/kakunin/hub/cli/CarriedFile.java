package jp.kakunin.hub.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import jp.kakunin.exchange.Limits;

/// One sealed export as it was carried here, by itself or in the ZIP that the desk saves.
///
/// @param error why it is none; empty when it may be one
record CarriedFile(String name, byte[] bytes, String error) {
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /// Gives them one by one: a ZIP may hold more than memory does.
    static void each(Path file, Consumer<CarriedFile> taker) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            taker.accept(none(file.toString(), "it cannot be read: is the stick plugged in, and the name right?"));
            return;
        }
        try {
            if (isZip(file)) {
                eachOf(file, taker);
            } else {
                try (InputStream in = Files.newInputStream(file)) {
                    taker.accept(read(file.toString(), in));
                }
            }
        } catch (IOException e) {
            taker.accept(none(file.toString(), "DAMAGED: " + e.getMessage() + "; copy it from the stick again"));
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }

    private static void eachOf(Path file, Consumer<CarriedFile> taker) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                CarriedFile carried = read(file + "/" + entry.getName(), zip);
                taker.accept(carried);
                // The rest of one that is too large is not even looked at.
                entry = carried.error().isEmpty() ? zip.getNextEntry() : null;
            }
        }
        // Cut off between two files it reads like one with fewer files; only its end, where its list is, tells.
        new ZipFile(file.toFile()).close();
    }

    private static CarriedFile read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(Limits.EXPORT_BYTES_MAX + 1);
        return bytes.length <= Limits.EXPORT_BYTES_MAX
                ? new CarriedFile(name, bytes, "")
                : none(
                        name,
                        "TOO_LARGE: a sealed export has at most " + Limits.EXPORT_BYTES_MAX + " bytes, this is none");
    }

    private static CarriedFile none(String name, String why) {
        return new CarriedFile(name, new byte[0], why);
    }
}
