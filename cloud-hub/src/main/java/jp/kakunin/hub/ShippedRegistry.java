package jp.kakunin.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import jp.kakunin.hub.authority.RegistryAuthority;
import jp.kakunin.hub.disk.PrivateFile;

/// The synthetic registry that comes with the product; copied to the data directory at the first start, to be edited
/// there.
final class ShippedRegistry {
    private static final String RESOURCE = "registry-demo.csv";

    private ShippedRegistry() {}

    static void copyTo(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try (var in = RegistryAuthority.class.getResourceAsStream(RESOURCE)) {
            PrivateFile.write(file, Objects.requireNonNull(in, RESOURCE).readAllBytes());
        }
    }
}
