package jp.kakunin.hub;

import java.io.IOException;
import java.net.URI;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthoritySettings;
import jp.kakunin.hub.authority.OqsAuthority;
import jp.kakunin.hub.authority.Registry;
import jp.kakunin.hub.authority.RegistryAuthority;
import jp.kakunin.hub.disk.HubFolder;

/// What a hub takes from outside itself.
///
/// @param clock the machine's; the hub believes it within limits
/// @param uptime time since some fixed point that never jumps
/// @param random for ids and jitter
/// @param secrets for keys, tokens and the operator's password
public record HubWorld(
        InstantSource clock,
        Supplier<Duration> uptime,
        RandomGenerator random,
        SecureRandom secrets,
        AuthorityOpening authority) {
    /// Opens the authority that this hub asks.
    @FunctionalInterface
    public interface AuthorityOpening {
        Authority open(AuthoritySettings settings, HubFolder folder, PrivateKey attachmentKey, InstantSource clock)
                throws IOException;
    }

    /// The real world: the system's clock and randomness, and the authority of the configuration.
    public static HubWorld system() {
        var secrets = new SecureRandom();
        return new HubWorld(
                InstantSource.system(),
                () -> Duration.ofNanos(System.nanoTime()),
                secrets,
                secrets,
                HubWorld::authority);
    }

    private static Authority authority(
            AuthoritySettings settings, HubFolder folder, PrivateKey attachmentKey, InstantSource clock)
            throws IOException {
        URI url = settings.url();
        if (url != null) {
            return new OqsAuthority(url, settings.capabilities(), attachmentKey, clock);
        }
        Registry registry = Registry.open(folder.registry(), folder.registryStore());
        return new RegistryAuthority(registry, attachmentKey, clock);
    }
}
