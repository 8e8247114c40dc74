package jp.kakunin.edge.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Digest;
import org.jspecify.annotations.Nullable;

/// The lock of the desk. Without a passcode it is open for everybody who reaches it; with one, for the browser sessions
/// that typed it and were used since. Sessions are in memory alone: after a start the desk is locked.
///
/// A session is at a *place*: the PC, or one paired tablet.
public final class Door {
    /// The place of every browser on the PC itself.
    public static final String PC = "pc";

    static final int SESSIONS_MAX = 32;
    private static final int TOKEN_BYTES = 32;

    private final PasscodeFile file;
    private final WrongCodes wrong;
    private final Object guessing = new Object();
    private final Duration lockAfter;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Digest, Session> sessions = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable PasscodeHash known;
    private boolean untold;

    private record Session(String place, Instant used) {}

    /// @param folder of the edge
    /// @param lockAfter without use
    /// @param random unpredictable
    public Door(Path folder, Duration lockAfter, InstantSource clock, RandomGenerator random) {
        this.file = new PasscodeFile(folder);
        this.wrong = new WrongCodes(file.tries(), clock);
        this.lockAfter = lockAfter;
        this.clock = clock;
        this.random = random;
        this.known = file.current();
    }

    /// What became of a passcode that was typed.
    public sealed interface Entry {
        /// @param token what the browser shows from now on
        record Opened(String token) implements Entry {}

        record Wrong() implements Entry {}

        /// It was not looked at.
        record TooSoon(Duration rest) implements Entry {}
    }

    public Duration lockAfter() {
        return lockAfter;
    }

    public boolean hasPasscode() {
        return file.isSet();
    }

    /// Whether who shows this token may see and do what the desk can; lets the session live on when it was used.
    public synchronized boolean admits(@Nullable String token, boolean used) {
        dropLocked();
        if (known == null) {
            return true;
        }
        if (token == null) {
            return false;
        }
        Digest digest = digestOf(token);
        Session session = sessions.get(digest);
        if (session != null && used) {
            sessions.put(digest, new Session(session.place(), clock.instant()));
        }
        return session != null;
    }

    /// Whether anybody can use the desk now, so that a card is worth looking at.
    public synchronized boolean isAttended() {
        dropLocked();
        return known == null || !sessions.isEmpty();
    }

    /// Whether the PC's own screen is open: then programs on it may do what the desk does.
    public synchronized boolean isOpenAtPc() {
        dropLocked();
        return known == null
                || sessions.values().stream()
                        .anyMatch(session -> session.place().equals(PC));
    }

    /// Takes some tenths of a second: not for an event loop. One at a time, so that no guess overtakes the wait.
    public Entry unlock(@Nullable Passcode typed, String place) {
        synchronized (guessing) {
            Duration wait = wrong.begin();
            if (!wait.isZero()) {
                return new Entry.TooSoon(wait);
            }
            PasscodeHash kept = file.current();
            if (kept != null && (typed == null || !kept.matches(typed))) {
                return new Entry.Wrong();
            }
            wrong.forget();
        }
        return new Entry.Opened(open(place));
    }

    /// How long the next try has to wait.
    public Duration waiting() {
        return wrong.remaining();
    }

    /// Sets or changes the passcode. Everybody but who did it has to type the new one. Not for an event loop.
    ///
    /// @return the token of who did it
    public String set(Passcode passcode, String place) throws IOException {
        file.set(passcode, random);
        return open(place);
    }

    public void clear() throws IOException {
        file.clear();
        look();
    }

    /// Locks every session at that place.
    public void lock(String place) {
        synchronized (this) {
            sessions.values().removeIf(session -> session.place().equals(place));
        }
        tell();
    }

    /// Called after somebody unlocked, or somebody's session was locked; perhaps more often.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// Notices by itself what nobody did: time that passed, a passcode set by command. Called now and then.
    public void look() {
        boolean changed;
        synchronized (this) {
            dropLocked();
            changed = untold;
            untold = false;
        }
        if (changed) {
            tell();
        }
    }

    private String open(String place) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        synchronized (this) {
            dropLocked();
            sessions.put(digestOf(token), new Session(place, clock.instant()));
            if (sessions.size() > SESSIONS_MAX) {
                sessions.remove(sessions.keySet().iterator().next());
            }
        }
        tell();
        return token;
    }

    /// A clock put back by more than the limit locks as well: nobody knows how long it has been.
    private void dropLocked() {
        PasscodeHash now = file.current();
        if (!Objects.equals(now, known)) {
            known = now;
            sessions.clear();
            untold = true;
            wrong.forget();
        }
        Instant instant = clock.instant();
        untold |= sessions.values()
                .removeIf(session ->
                        Duration.between(session.used(), instant).abs().compareTo(lockAfter) > 0);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    private static Digest digestOf(String token) {
        return Digest.of(token.getBytes(StandardCharsets.UTF_8));
    }
}
