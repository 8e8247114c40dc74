package jp.kakunin.edge.door;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The desk's second door, for tablets on the clinic's network.
public record Lan(LanAddress address, LanCertificate certificate, Tablets tablets) {
    /// Null when the clinic does not wish it.
    public static @Nullable Lan open(
            DoorOptions options, Path folder, Path certificates, InstantSource clock, SecureRandom random)
            throws IOException {
        LanAddress address = options.lan();
        return address == null
                ? null
                : new Lan(
                        address,
                        LanCertificate.openOrMake(certificates, address, random),
                        new Tablets(folder, clock, random));
    }
}
