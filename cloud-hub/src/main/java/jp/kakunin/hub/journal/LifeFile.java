package jp.kakunin.hub.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Tells a store that went on from one that was put back from a backup. Each opening writes a new token into the
/// store and into this file beside it; a store whose token the file does not name has lost what came after its
/// backup. While an opening is under way the file names the old and the new token, so that a crash between the two
/// is no restore.
final class LifeFile {
    private final Path file;

    LifeFile(Path file) {
        this.file = file;
    }

    boolean names(UUID token) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        return Arrays.asList(Files.readString(file, StandardCharsets.US_ASCII).split("\\s+"))
                .contains(token.toString());
    }

    void write(List<UUID> tokens) throws IOException {
        String text = tokens.stream().map(UUID::toString).collect(Collectors.joining("\n", "", "\n"));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        // The new name must be on disk before the store says so too.
        syncFolder();
    }

    /// Gone for good, also after a power cut.
    void delete() throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolder();
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
