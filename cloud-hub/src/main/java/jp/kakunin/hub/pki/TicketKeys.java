package jp.kakunin.hub.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.exchange.Timers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of TLS session tickets, by which a device comes back without a full handshake. They lie in a file, so that
/// this also goes for a hub that was restarted: that is when all devices come back together.
///
/// Whoever has such a key can pass for any device, as with the key of the CA beside it; so each lives for days only,
/// and
/// no backup takes it along. A file that cannot be used is replaced: it costs full handshakes and nothing else.
public final class TicketKeys {
    public static final int SECRET_BYTES = 48;

    static final Duration NEW_EVERY = Duration.ofHours(24);

    /// A ticket is good for two days at most, as BoringSSL has it.
    static final Duration KEPT = NEW_EVERY.plus(Duration.ofDays(2));

    private static final Duration LOOK_EVERY = Duration.ofHours(1);
    private static final HexFormat HEX = HexFormat.of();
    private static final Logger LOG = LoggerFactory.getLogger(TicketKeys.class);

    private final Path file;
    private final SecureRandom random;
    private List<Key> keys;
    private Consumer<List<byte[]>> user = _ -> {};

    private record Key(Instant made, byte[] secret) {
        /// A key from the future was made by a clock that was wrong.
        boolean isYoungerThan(Duration age, Instant now) {
            return Duration.between(made, now).abs().compareTo(age) < 0;
        }

        String line() {
            return made + " " + HEX.formatHex(secret) + "\n";
        }

        static Key of(String line) throws IOException {
            String[] words = line.split(" ", 2);
            try {
                byte[] secret = HEX.parseHex(words[words.length - 1]);
                if (secret.length == SECRET_BYTES) {
                    return new Key(Instant.parse(words[0]), secret);
                }
            } catch (DateTimeException | IllegalArgumentException _) {
                // Told below, without the secret.
            }
            throw new IOException("a line is not a time and " + SECRET_BYTES + " bytes in hex");
        }

        @Override
        public String toString() {
            return "Key[" + made + "]";
        }
    }

    private TicketKeys(Path file, SecureRandom random, List<Key> keys) {
        this.file = file;
        this.random = random;
        this.keys = keys;
    }

    /// Reads the keys, and makes a new one when the newest is a day old or there is none.
    public static TicketKeys open(Path file, SecureRandom random, Instant now) throws IOException {
        var opened = new TicketKeys(file, random, read(file));
        opened.renew(now);
        return opened;
    }

    private static List<Key> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Key> keys = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                keys.add(Key.of(line));
            }
            return keys;
        } catch (IOException e) {
            LOG.warn("{} is made anew, devices shake hands in full: {}", file, e.getMessage());
            return List.of();
        }
    }

    /// Gives the keys to who uses them, newest first, now and whenever they change.
    public synchronized void use(Consumer<List<byte[]>> taker) {
        user = taker;
        tell();
    }

    synchronized void renew(Instant now) throws IOException {
        List<Key> next = new ArrayList<>();
        if (keys.isEmpty() || !keys.getFirst().isYoungerThan(NEW_EVERY, now)) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            next.add(new Key(now, secret));
        }
        keys.stream().filter(key -> key.isYoungerThan(KEPT, now)).forEach(next::add);
        if (!next.equals(keys)) {
            StringBuilder text = new StringBuilder();
            next.forEach(key -> text.append(key.line()));
            PrivateFile.write(file, text.toString());
            keys = List.copyOf(next);
            tell();
        }
    }

    private void tell() {
        user.accept(keys.stream().map(key -> key.secret().clone()).toList());
    }

    /// Looks every hour whether a new one is due.
    public void keep(InstantSource clock, Timers timers, Executor executor) {
        timers.after(
                LOOK_EVERY,
                () -> executor.execute(() -> {
                    try {
                        renew(clock.instant());
                    } catch (IOException e) {
                        LOG.error("no new ticket key can be kept in {}", file, e);
                    }
                    keep(clock, timers, executor);
                }));
    }
}
