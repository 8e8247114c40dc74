package jp.kakunin.hub.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jp.kakunin.hub.disk.PrivateFile;

/// Copies files so that a power cut afterwards takes none of them, and tells the SHA-256 of what went by.
final class Copying {
    private static final int CHUNK_BYTES = 1 << 20;

    private Copying() {}

    /// Under its name the file is whole, or not there: a restore keeps what it finds.
    ///
    /// @return the digest in hex
    static String copy(Path from, Path to) throws IOException {
        PrivateFile.folder(PrivateFile.folderOf(to));
        Path draft = to.resolveSibling("." + to.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        try {
            String digest = write(from, draft);
            Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE);
            PrivateFile.sync(PrivateFile.folderOf(to));
            return digest;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String write(Path from, Path draft) throws IOException {
        MessageDigest digest = sha256();
        PrivateFile.create(draft);
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
