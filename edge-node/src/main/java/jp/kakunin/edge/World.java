package jp.kakunin.edge;

import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import jp.kakunin.edge.desk.Timers;
import jp.kakunin.edge.exchange.ExchangeClient;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.reader.CardReader;

/// What an edge takes from outside itself.
///
/// @param uptime time since some fixed point that never jumps
/// @param random for ids, jitter and tokens; unpredictable outside tests
/// @param secrets for keys
/// @param reader closed by the edge
public record World(
        InstantSource clock,
        Supplier<Duration> uptime,
        RandomGenerator random,
        SecureRandom secrets,
        CardReader reader,
        Surroundings surroundings) {
    public interface Surroundings {
        /// The line to the hub that the identity names; closed by the edge.
        HubLink lineToHub(Vertx vertx, EdgeIdentity identity);

        /// For what the desk does later.
        Timers timers(Vertx vertx);
    }

    public static World system(CardReader reader) {
        SecureRandom secrets = new SecureRandom();
        return system(secrets, secrets, reader);
    }

    static World system(RandomGenerator random, SecureRandom secrets, CardReader reader) {
        long started = System.nanoTime();
        return new World(
                InstantSource.system(),
                () -> Duration.ofNanos(System.nanoTime() - started),
                random,
                secrets,
                reader,
                new Real());
    }

    private static final class Real implements Surroundings {
        @Override
        public HubLink lineToHub(Vertx vertx, EdgeIdentity identity) {
            return new ExchangeClient(vertx, identity);
        }

        @Override
        public Timers timers(Vertx vertx) {
            return (delay, action) -> vertx.setTimer(delay.toMillis(), _ -> action.run());
        }
    }
}
