package jp.kakunin.edge;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import jp.kakunin.edge.reader.CardReader;

/// What an edge takes from outside itself.
///
/// @param random for ids, jitter and tokens; unpredictable outside tests
/// @param secrets for keys
/// @param reader closed by the edge
public record World(InstantSource clock, RandomGenerator random, SecureRandom secrets, CardReader reader) {
    public static World system(CardReader reader) {
        SecureRandom secrets = new SecureRandom();
        return new World(InstantSource.system(), secrets, secrets, reader);
    }
}
