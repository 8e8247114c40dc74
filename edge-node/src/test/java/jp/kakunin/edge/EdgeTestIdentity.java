package jp.kakunin.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The identity folder of a device that some hub enrolled once.
public final class EdgeTestIdentity {
    private EdgeTestIdentity() {}

    public static void copyTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : new String[] {"identity.properties", "device-key.pem", "device-cert.pem", "hub-ca.pem"}) {
            try (InputStream file = EdgeTestIdentity.class.getResourceAsStream("identity/" + name)) {
                if (file == null) {
                    throw new IllegalStateException(name);
                }
                Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
