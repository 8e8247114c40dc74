package jp.kakunin.edge.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Files that hold keys: private to their owner, and where the system keeps a key for an account, under that as well.
/// A file without the mark is read as it is, because an identity folder may have been made elsewhere.
///
///     "kakunin os key 1\n" | what the system made of the secret
public final class SecretFiles {
    private static final byte[] MARK = "kakunin os key 1\n".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable OsKey key;

    /// @param key null where the file's rights are all there is
    SecretFiles(@Nullable OsKey key) {
        this.key = key;
    }

    public static SecretFiles ofSystem() {
        return of(System.getProperty("os.name", ""));
    }

    static SecretFiles of(String system) {
        return new SecretFiles(system.startsWith("Windows") ? new DpapiKey() : null);
    }

    boolean isProtecting() {
        return key != null;
    }

    public static SecretFiles under(OsKey key) {
        return new SecretFiles(key);
    }

    public void write(Path file, String secret) throws IOException {
        write(file, secret.getBytes(StandardCharsets.UTF_8));
    }

    public void write(Path file, byte[] secret) throws IOException {
        if (key == null) {
            PrivateFile.write(file, secret);
            return;
        }
        byte[] made = key.protect(secret);
        PrivateFile.write(
                file,
                ByteBuffer.allocate(MARK.length + made.length)
                        .put(MARK)
                        .put(made)
                        .array());
    }

    public String readText(Path file) throws IOException {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    public byte[] read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (!isMarked(bytes)) {
            return bytes;
        }
        if (key == null) {
            throw new ProtectionException(null);
        }
        return key.unprotect(Arrays.copyOfRange(bytes, MARK.length, bytes.length));
    }

    private static boolean isMarked(byte[] bytes) {
        return bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    }
}
