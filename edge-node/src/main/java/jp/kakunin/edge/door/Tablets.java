package jp.kakunin.edge.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.disk.PrivateFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tablets that may use the desk, in `tablets`: a line for each, with digest, day and name. A tablet is paired with
/// a code that the PC shows: good once, for minutes, and void after a few wrong ones, so that it cannot be guessed.
public final class Tablets {
    private static final Logger LOG = LoggerFactory.getLogger(Tablets.class);

    public static final int TABLETS_MAX = 8;
    public static final Duration CODE_LIFE = Duration.ofMinutes(5);
    public static final int CODE_DIGITS = 8;
    static final int CODE_TRIES_MAX = 5;

    private static final int CODES = 100_000_000;
    private static final int TOKEN_BYTES = 32;

    private final Path file;
    private final InstantSource clock;
    private final RandomGenerator random;
    private List<Tablet> paired;
    private @Nullable Pairing pairing;

    /// @param triesLeft of the code
    private record Pairing(String name, String code, Instant begun, int triesLeft) {
        @Override
        public String toString() {
            return "Pairing[redacted]";
        }
    }

    /// @param folder of the edge
    /// @param random unpredictable
    public Tablets(Path folder, InstantSource clock, RandomGenerator random) {
        this.file = fileIn(folder);
        this.clock = clock;
        this.random = random;
        this.paired = readOrNone();
    }

    /// No tablet is paired any more.
    public static void forget(Path folder) throws IOException {
        if (Files.deleteIfExists(fileIn(folder))) {
            PrivateFile.sync(folder);
        }
    }

    private static Path fileIn(Path folder) {
        return folder.resolve("tablets");
    }

    public synchronized List<Tablet> paired() {
        return paired;
    }

    public synchronized boolean isFull() {
        return paired.size() >= TABLETS_MAX;
    }

    /// A new code, for one tablet of that name; one that was given before is void.
    public synchronized void begin(String name) {
        String code = String.format("%0" + CODE_DIGITS + "d", random.nextInt(CODES));
        pairing = new Pairing(name, code, clock.instant(), CODE_TRIES_MAX);
    }

    public synchronized void cancel() {
        pairing = null;
    }

    /// The code to type now; null when none is good.
    public synchronized @Nullable String code() {
        Pairing now = good();
        return now == null ? null : now.code();
    }

    /// Whom the code is for; empty when none is good.
    public synchronized String codeFor() {
        Pairing now = good();
        return now == null ? "" : now.name();
    }

    /// @return the token that the tablet shows from now on; null when the code is not the one, or too old, or there
    /// is no room, which is not told apart
    public synchronized @Nullable String pair(@Nullable String typed) throws IOException {
        Pairing now = good();
        if (now == null || isFull()) {
            return null;
        }
        if (typed == null || !isSame(now.code(), digits(typed))) {
            pairing =
                    now.triesLeft() == 1 ? null : new Pairing(now.name(), now.code(), now.begun(), now.triesLeft() - 1);
            return null;
        }
        pairing = null;
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        List<Tablet> all = new ArrayList<>(paired);
        all.add(new Tablet(now.name(), TreatmentMonth.dateAt(clock.instant()), digestOf(token)));
        write(all);
        return token;
    }

    /// The tablet that shows this token; null when none does.
    public synchronized @Nullable Tablet find(@Nullable String token) {
        if (token == null) {
            return null;
        }
        byte[] shown = digestOf(token).bytes();
        Tablet found = null;
        for (Tablet each : paired) {
            if (MessageDigest.isEqual(each.token().bytes(), shown)) {
                found = each;
            }
        }
        return found;
    }

    /// From the next request on it is a stranger.
    public synchronized boolean remove(@Nullable String id) throws IOException {
        List<Tablet> all = new ArrayList<>(paired);
        boolean found = all.removeIf(each -> each.id().equals(id));
        if (found) {
            write(all);
        }
        return found;
    }

    private @Nullable Pairing good() {
        if (pairing != null) {
            Duration age = Duration.between(pairing.begun(), clock.instant());
            if (age.isNegative() || age.compareTo(CODE_LIFE) >= 0) {
                pairing = null;
            }
        }
        return pairing;
    }

    private static String digits(String typed) {
        StringBuilder digits = new StringBuilder();
        typed.codePoints()
                .map(letter -> Character.digit(letter, 10))
                .filter(digit -> digit >= 0)
                .limit(CODE_DIGITS + 1L)
                .forEach(digits::append);
        return digits.toString();
    }

    private static boolean isSame(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }

    private static Digest digestOf(String token) {
        return Digest.of(token.getBytes(StandardCharsets.UTF_8));
    }

    /// Pairing again is a minute's work; a reception that does not start is worse.
    private List<Tablet> readOrNone() {
        try {
            return read();
        } catch (IOException e) {
            LOG.atError().addKeyValue("failure", e.toString()).log("the paired tablets cannot be read; none is paired");
            return List.of();
        }
    }

    private List<Tablet> read() throws IOException {
        List<Tablet> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                all.add(parse(line, all.size() + 1));
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        return List.copyOf(all);
    }

    private Tablet parse(String line, int number) throws IOException {
        String[] words = line.split("\t", -1);
        try {
            if (words.length == 3) {
                return new Tablet(
                        words[2],
                        LocalDate.parse(words[1]),
                        new Digest(HexFormat.of().parseHex(words[0])));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage() + "; remove the line", e);
        }
        throw new IOException(file + ", line " + number + ": must be a digest, a day and a name; remove the line");
    }

    private void write(List<Tablet> all) throws IOException {
        PrivateFile.write(
                file,
                all.stream()
                        .map(each -> each.token() + "\t" + each.paired() + "\t" + each.name() + "\n")
                        .collect(Collectors.joining()));
        paired = List.copyOf(all);
    }
}
