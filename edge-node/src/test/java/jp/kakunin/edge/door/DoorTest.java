package jp.kakunin.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoorTest {
    private static final Duration LOCK_AFTER = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final String TABLET = "0123456789abcdef";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-20T01:00:00Z");

    private Door start() {
        return new Door(folder, LOCK_AFTER, () -> now, new Random(5));
    }

    private static Passcode code(String typed) {
        Passcode passcode = Passcode.typed(typed);
        if (passcode == null) {
            throw new IllegalArgumentException(typed);
        }
        return passcode;
    }

    private void setByCommand(String passcode) throws IOException {
        new PasscodeFile(folder).set(code(passcode), new Random(6));
    }

    private static @Nullable String opened(Door.Entry entry) {
        return entry instanceof Door.Entry.Opened(String token) ? token : null;
    }

    private void guessWrong(Door door, int times) {
        for (int i = 0; i < times; i++) {
            now = now.plus(WrongCodes.WAIT_MAX);
            assertThat(door.unlock(code("wrong"), Door.PC)).isEqualTo(new Door.Entry.Wrong());
        }
    }

    @Test
    void without_a_passcode_everybody_is_let_in() {
        Door door = start();

        assertThat(door.admits(null, true)).isTrue();
        assertThat(door.isAttended()).isTrue();
        assertThat(door.isOpenAtPc()).isTrue();
    }

    @Test
    void the_passcode_is_kept_as_a_private_argon2id_hash() throws IOException {
        start().set(code("さくら2026abc"), Door.PC);

        Path file = folder.resolve("passcode");
        assertThat(Files.readString(file)).startsWith("argon2id$7168$5$1$").doesNotContain("さくら", "2026abc");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_start_locks_and_the_passcode_in_whatever_width_unlocks() throws IOException {
        String before = start().set(code("1234abc"), Door.PC);
        Door door = start();

        assertThat(door.admits(before, true)).isFalse();
        assertThat(door.isAttended()).isFalse();
        String token = opened(door.unlock(code("１２３４ａｂｃ"), Door.PC));
        assertThat(door.admits(token, true)).isTrue();
        assertThat(door.admits("another", true)).isFalse();
        assertThat(door.admits(null, true)).isFalse();
    }

    @Test
    void a_passcode_has_4_to_64_letters_or_digits() {
        assertThat(Passcode.typed("123")).isNull();
        assertThat(Passcode.typed("1234")).isNotNull();
        assertThat(Passcode.typed("a".repeat(64))).isNotNull();
        assertThat(Passcode.typed("a".repeat(65))).isNull();
        assertThat(Passcode.typed("12 34")).isNull();
        assertThat(Passcode.typed("1234!")).isNull();
        assertThat(Passcode.typed(null)).isNull();
        assertThat(code("1234").toString()).doesNotContain("1234");
    }

    @Test
    void use_keeps_a_session_open_and_following_does_not() throws IOException {
        Door door = start();
        String token = door.set(code("1234"), Door.PC);

        now = now.plus(LOCK_AFTER);
        assertThat(door.admits(token, true)).isTrue();
        now = now.plus(LOCK_AFTER);
        assertThat(door.admits(token, false)).isTrue();
        now = now.plus(SHORT);
        assertThat(door.admits(token, true)).isFalse();
        assertThat(door.isAttended()).isFalse();
    }

    @Test
    void a_clock_put_back_far_locks() throws IOException {
        Door door = start();
        String token = door.set(code("1234"), Door.PC);

        now = now.minus(Duration.ofDays(1));

        assertThat(door.admits(token, true)).isFalse();
    }

    @Test
    void whoever_listens_is_told_of_the_lock_that_time_brought_also_when_a_request_noticed_first() throws IOException {
        Door door = start();
        String token = door.set(code("1234"), Door.PC);
        AtomicInteger told = new AtomicInteger();
        door.onChange(told::incrementAndGet);
        door.look();
        int before = told.get();

        now = now.plus(LOCK_AFTER).plus(SHORT);
        assertThat(door.admits(token, true)).isFalse();
        door.look();
        door.look();

        assertThat(told.get()).isEqualTo(before + 1);
    }

    @Test
    void locking_the_pc_leaves_a_tablet_open_and_the_other_way_round() throws IOException {
        Door door = start();
        String pc = door.set(code("1234"), Door.PC);
        String tablet = opened(door.unlock(code("1234"), TABLET));

        door.lock(Door.PC);
        assertThat(door.admits(pc, true)).isFalse();
        assertThat(door.admits(tablet, true)).isTrue();
        assertThat(door.isAttended()).isTrue();
        assertThat(door.isOpenAtPc()).isFalse();

        door.lock(TABLET);
        assertThat(door.admits(tablet, true)).isFalse();
        assertThat(door.isAttended()).isFalse();
    }

    @Test
    void a_passcode_set_or_cleared_by_command_counts_at_once() throws IOException {
        Door door = start();
        String token = door.set(code("1234"), Door.PC);

        setByCommand("5678");
        assertThat(door.admits(token, true)).isFalse();
        assertThat(door.unlock(code("1234"), Door.PC)).isEqualTo(new Door.Entry.Wrong());
        assertThat(opened(door.unlock(code("5678"), Door.PC))).isNotNull();

        assertThat(new PasscodeFile(folder).clear()).isTrue();
        assertThat(door.admits(null, true)).isTrue();
    }

    @Test
    void three_wrong_codes_are_free_then_each_waits_twice_as_long_up_to_a_limit() throws IOException {
        start().set(code("1234"), Door.PC);
        Door door = start();

        for (int i = 0; i < WrongCodes.FREE_TRIES_MAX; i++) {
            assertThat(door.unlock(code("wrong"), Door.PC)).isEqualTo(new Door.Entry.Wrong());
        }
        assertThat(door.unlock(code("1234"), Door.PC)).isEqualTo(new Door.Entry.TooSoon(WrongCodes.FIRST_WAIT));
        now = now.plus(WrongCodes.FIRST_WAIT).minus(SHORT);
        assertThat(door.unlock(code("1234"), Door.PC)).isEqualTo(new Door.Entry.TooSoon(SHORT));
        now = now.plus(SHORT);
        assertThat(door.unlock(code("wrong"), Door.PC)).isEqualTo(new Door.Entry.Wrong());
        assertThat(door.waiting()).isEqualTo(WrongCodes.FIRST_WAIT.multipliedBy(2));

        guessWrong(door, 50);
        assertThat(door.waiting()).isEqualTo(WrongCodes.WAIT_MAX);
        now = now.plus(WrongCodes.WAIT_MAX);
        assertThat(opened(door.unlock(code("1234"), Door.PC))).isNotNull();
        assertThat(door.waiting()).isZero();
    }

    @Test
    void what_cannot_be_a_passcode_is_a_try_as_well() throws IOException {
        start().set(code("1234"), Door.PC);
        Door door = start();

        for (int i = 0; i < WrongCodes.FREE_TRIES_MAX; i++) {
            assertThat(door.unlock(null, Door.PC)).isEqualTo(new Door.Entry.Wrong());
        }
        assertThat(door.waiting()).isPositive();
    }

    @Test
    void the_wait_survives_a_restart_and_no_clock_put_back_makes_it_longer_than_once() throws IOException {
        start().set(code("1234"), Door.PC);
        guessWrong(start(), 6);

        Door door = start();
        assertThat(door.waiting()).isEqualTo(WrongCodes.after(6));
        now = now.minus(Duration.ofDays(400));
        assertThat(door.waiting()).isEqualTo(WrongCodes.after(6));
        now = now.plus(WrongCodes.after(6));
        assertThat(opened(door.unlock(code("1234"), Door.PC))).isNotNull();
        assertThat(start().waiting()).isZero();
    }

    @Test
    void a_try_is_on_disk_before_it_is_looked_at() throws IOException {
        start().set(code("1234"), Door.PC);
        WrongCodes before = new WrongCodes(new PasscodeFile(folder).tries(), () -> now);

        for (int i = 0; i < WrongCodes.FREE_TRIES_MAX; i++) {
            assertThat(before.begin()).isZero(); // and the power fails here
        }

        assertThat(start().unlock(code("1234"), Door.PC)).isEqualTo(new Door.Entry.TooSoon(WrongCodes.FIRST_WAIT));
    }

    @Test
    void a_forgotten_passcode_is_cleared_with_its_wait() throws IOException {
        start().set(code("1234"), Door.PC);
        Door door = start();
        guessWrong(door, 9);

        setByCommand("5678");

        assertThat(door.admits(null, true)).isFalse();
        assertThat(opened(door.unlock(code("5678"), Door.PC))).isNotNull();
    }

    @Test
    void a_file_that_cannot_be_understood_keeps_the_desk_locked() throws IOException {
        Files.writeString(folder.resolve("passcode"), "argon2id$1$1$1$AAAA$AAAA");
        Door door = start();

        assertThat(door.admits(null, true)).isFalse();
        assertThat(door.unlock(code("1234"), Door.PC)).isEqualTo(new Door.Entry.Wrong());
    }
}
