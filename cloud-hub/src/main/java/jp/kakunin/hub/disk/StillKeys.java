package jp.kakunin.hub.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.Vault;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;

/// The month keys of a hub that may be running, for who only reads: nothing in the folder changes. What a running hub
/// is
/// about to write or to destroy there is its own affair.
public final class StillKeys implements Vault {
    private final Path folder;

    private StillKeys(Path folder) {
        this.folder = folder;
    }

    /// @throws IOException with the reason
    public static MonthKeys read(Path folder, SecureRandom random) throws IOException {
        try {
            return MonthKeys.open(new StillKeys(folder), random);
        } catch (VaultException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Set<String> names() {
        return Files.isDirectory(folder) ? new KeyFolder(folder).names() : Set.of();
    }

    @Override
    public byte @Nullable [] read(String name) {
        return new KeyFolder(folder).read(name);
    }

    @Override
    public void write(String name, byte[] secret) {}

    @Override
    public void destroy(String name) {}
}
