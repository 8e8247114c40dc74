package jp.kakunin.edge.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.kakunin.edge.disk.PrivateFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes guessing slow: after a few wrong passcodes each further one costs a wait that doubles up to a limit, and never
/// more. A try is on disk before it is looked at, so that ending the program gives none back.
final class WrongCodes {
    static final int FREE_TRIES_MAX = 3;
    static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    static final Duration WAIT_MAX = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(WrongCodes.class);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}) ([0-9]{1,15})\\s*");
    private static final int DOUBLINGS_MAX = 8;

    private final Path file;
    private final InstantSource clock;
    private int tries;
    private Instant last;

    WrongCodes(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.last = clock.instant();
        read();
    }

    /// Counts a try that is about to be made, as a wrong one.
    ///
    /// @return how long to wait instead; zero when it may be made now
    synchronized Duration begin() {
        Duration wait = wait(clock.instant());
        if (wait.isZero()) {
            tries++;
            last = clock.instant();
            write();
        }
        return wait;
    }

    synchronized Duration remaining() {
        return wait(clock.instant());
    }

    synchronized void forget() {
        tries = 0;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the count of wrong passcodes could not be removed");
        }
    }

    /// A clock put back makes nobody wait longer than once.
    private Duration wait(Instant now) {
        Duration since = Duration.between(last, now);
        Duration due = after(tries);
        if (since.isNegative()) {
            last = now;
            return due;
        }
        return since.compareTo(due) >= 0 ? Duration.ZERO : due.minus(since);
    }

    static Duration after(int tries) {
        if (tries < FREE_TRIES_MAX) {
            return Duration.ZERO;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(tries - FREE_TRIES_MAX, DOUBLINGS_MAX));
        return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
    }

    private void read() {
        try {
            Matcher kept = FORM.matcher(Files.readString(file));
            if (kept.matches()) {
                tries = Integer.parseInt(kept.group(1));
                last = Instant.ofEpochMilli(Long.parseLong(kept.group(2)));
            } else {
                tries = FREE_TRIES_MAX;
            }
        } catch (NoSuchFileException _) {
            // none was wrong
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the count of wrong passcodes cannot be read");
            tries = FREE_TRIES_MAX;
        }
    }

    /// On a full disk the count goes on in memory.
    private void write() {
        try {
            PrivateFile.write(file, tries + " " + last.toEpochMilli() + "\n");
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the count of wrong passcodes could not be written");
        }
    }
}
