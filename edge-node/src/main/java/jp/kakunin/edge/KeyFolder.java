package jp.kakunin.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.edge.disk.PrivateFile;
import jp.kakunin.keys.Vault;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;

/// A vault of files that only their owner may read.
final class KeyFolder implements Vault {
    private final Path folder;

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public Set<String> names() {
        try {
            PrivateFile.folder(folder);
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public byte @Nullable [] read(String name) {
        try {
            Path file = folder.resolve(name);
            return Files.exists(file) ? Files.readAllBytes(file) : null;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public void write(String name, byte[] secret) {
        try {
            PrivateFile.write(folder.resolve(name), secret);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public void destroy(String name) {
        Path file = folder.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer nothing = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (nothing.hasRemaining()) {
                channel.write(nothing);
            }
            channel.force(true);
            Files.delete(file);
            PrivateFile.sync(folder);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private VaultException unusable(IOException cause) {
        return new VaultException(
                "the month keys in " + folder + " cannot be used: check the disk and the rights on the folder", cause);
    }
}
