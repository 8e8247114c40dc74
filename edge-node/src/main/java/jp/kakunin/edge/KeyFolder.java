package jp.kakunin.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.edge.disk.PrivateFile;
import jp.kakunin.edge.disk.ProtectionException;
import jp.kakunin.edge.disk.SecretFiles;
import jp.kakunin.keys.Vault;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;

/// A vault of files that only their owner may read.
final class KeyFolder implements Vault {
    private final Path folder;
    private final SecretFiles files;

    KeyFolder(Path folder, SecretFiles files) {
        this.folder = folder;
        this.files = files;
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
            return Files.exists(file) ? files.read(file) : null;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public void write(String name, byte[] secret) {
        try {
            files.write(folder.resolve(name), secret);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public void destroy(String name) {
        try {
            PrivateFile.destroy(folder.resolve(name));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private VaultException unusable(IOException cause) {
        String remedy = cause instanceof ProtectionException
                ? String.valueOf(cause.getMessage())
                : "check the disk and the rights on the folder";
        return new VaultException("the month keys in " + folder + " cannot be used: " + remedy, cause);
    }
}
