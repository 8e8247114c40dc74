package jp.kakunin.edge.activation;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the device's certificate by itself, long before it ends: a clinic's PC may be off for weeks.
public final class Renewal {
    /// A quarter of the year a certificate lives.
    static final Duration WITHIN = Duration.ofDays(91);

    static final Duration LOOK_EVERY = Duration.ofHours(6);
    static final Duration RETRY_FIRST = Duration.ofMinutes(1);

    private static final int DOUBLINGS_MAX = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    /// The hub, as far as it is needed here.
    @FunctionalInterface
    interface Line {
        String renew(EdgeIdentity identity, String signingRequest) throws TroubleException;
    }

    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Line line;
    private final Consumer<EdgeIdentity> renewed;
    private int failures;

    /// @param clock the hub's time as far as this device knows it
    /// @param renewed hears of the identity with the new certificate
    public Renewal(Path folder, InstantSource clock, SecureRandom random, Consumer<EdgeIdentity> renewed) {
        this(folder, clock, random, new HubOffice()::renew, renewed);
    }

    Renewal(Path folder, InstantSource clock, SecureRandom random, Line line, Consumer<EdgeIdentity> renewed) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        this.line = line;
        this.renewed = renewed;
    }

    /// Looks once, and renews if it is time. Blocks.
    ///
    /// @return when to look again
    public Duration look() {
        try {
            EdgeIdentity identity = EdgeIdentity.read(folder);
            Instant end = identity.certificateEnd();
            if (clock.instant().isBefore(end.minus(WITHIN))) {
                return LOOK_EVERY;
            }
            renew(identity);
            failures = 0;
            return LOOK_EVERY;
        } catch (Exception e) {
            Duration wait = RETRY_FIRST.multipliedBy(1L << Math.min(failures++, DOUBLINGS_MAX));
            Duration next = wait.compareTo(LOOK_EVERY) < 0 ? wait : LOOK_EVERY;
            LOG.atWarn()
                    .addKeyValue("cause", e.getMessage())
                    .addKeyValue("again", next)
                    .log("the device's certificate could not be renewed");
            return next;
        }
    }

    private void renew(EdgeIdentity identity) throws TroubleException, IOException, GeneralSecurityException {
        DeviceKeys keys = DeviceKeys.next(folder, random);
        String certificate = line.renew(identity, keys.signingRequest());
        X509Certificate made = Tls.certificates(certificate).stream()
                .findFirst()
                .orElseThrow(() -> new TroubleException(Trouble.HUB_FAILED, null));
        boolean later = made.getNotAfter().toInstant().isAfter(identity.certificateEnd());
        if (!made.getPublicKey().equals(keys.publicKey()) || !later) {
            throw new TroubleException(Trouble.HUB_FAILED, null);
        }
        new IdentityFiles(folder).renew(keys.privatePem(), certificate);
        DeviceKeys.forget(folder);
        EdgeIdentity now = EdgeIdentity.read(folder);
        LOG.atInfo().addKeyValue("until", now.certificateEnd()).log("the device's certificate was renewed");
        renewed.accept(now);
    }
}
