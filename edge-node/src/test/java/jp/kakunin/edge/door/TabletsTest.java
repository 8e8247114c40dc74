package jp.kakunin.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TabletsTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-20T01:00:00Z");
    private final Random random = new Random(11);

    private Tablets open() {
        return new Tablets(folder, () -> now, random);
    }

    private static String code(Tablets tablets) {
        return Objects.requireNonNull(tablets.code());
    }

    private static String wrong(Tablets tablets) {
        return code(tablets).startsWith("0") ? "10000000" : "00000000";
    }

    private static String pair(Tablets tablets, String name) throws IOException {
        tablets.begin(name);
        return Objects.requireNonNull(tablets.pair(code(tablets)));
    }

    @Test
    void a_code_pairs_one_tablet_once_and_a_restart_keeps_it() throws IOException {
        Tablets tablets = open();
        tablets.begin("施術室1");
        String code = code(tablets);
        assertThat(code).matches("[0-9]{8}");

        String token = tablets.pair(code.substring(0, 4) + " " + code.substring(4));

        assertThat(Objects.requireNonNull(open().find(token)).name()).isEqualTo("施術室1");
        assertThat(tablets.pair(code)).isNull();
        assertThat(tablets.code()).isNull();
        assertThat(open().find("another")).isNull();
        assertThat(open().find(null)).isNull();
    }

    @Test
    void only_a_digest_of_the_token_is_on_disk_in_a_private_file() throws IOException {
        String token = pair(open(), "施術室1");

        Path file = folder.resolve("tablets");
        assertThat(Files.readString(file)).contains("施術室1").doesNotContain(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_code_ends_after_minutes_or_with_a_clock_put_back() {
        Tablets tablets = open();
        tablets.begin("a");
        now = now.plus(Tablets.CODE_LIFE).minusMillis(1);
        assertThat(tablets.code()).isNotNull();
        now = now.plusMillis(1);
        assertThat(tablets.code()).isNull();

        tablets.begin("a");
        now = now.minus(Duration.ofHours(1));
        assertThat(tablets.code()).isNull();
    }

    @Test
    void wrong_tries_void_a_code() throws IOException {
        Tablets tablets = open();
        tablets.begin("a");
        String code = code(tablets);
        for (int i = 0; i < Tablets.CODE_TRIES_MAX - 1; i++) {
            assertThat(tablets.pair(wrong(tablets))).isNull();
        }
        assertThat(tablets.code()).isEqualTo(code);
        assertThat(tablets.pair("")).isNull();

        assertThat(tablets.code()).isNull();
        assertThat(tablets.pair(code)).isNull();
    }

    @Test
    void without_a_code_nothing_pairs_and_a_cancelled_or_replaced_code_is_void() throws IOException {
        Tablets tablets = open();
        assertThat(tablets.pair("00000000")).isNull();
        tablets.begin("a");
        String first = code(tablets);
        tablets.begin("b");
        assertThat(tablets.codeFor()).isEqualTo("b");
        assertThat(tablets.pair(first)).isNull();
        String second = code(tablets);
        tablets.cancel();
        assertThat(tablets.pair(second)).isNull();
    }

    @Test
    void a_removed_tablet_is_a_stranger() throws IOException {
        Tablets tablets = open();
        String token = pair(tablets, "a");
        String kept = pair(tablets, "b");

        assertThat(tablets.remove(Objects.requireNonNull(tablets.find(token)).id()))
                .isTrue();

        assertThat(tablets.find(token)).isNull();
        assertThat(open().find(token)).isNull();
        assertThat(open().find(kept)).isNotNull();
        assertThat(tablets.remove("0123456789abcdef")).isFalse();
    }

    @Test
    void there_is_room_for_so_many() throws IOException {
        Tablets tablets = open();
        for (int i = 0; i < Tablets.TABLETS_MAX; i++) {
            assertThat(tablets.isFull()).isFalse();
            pair(tablets, "t" + i);
        }
        assertThat(tablets.isFull()).isTrue();
        tablets.begin("one more");
        assertThat(tablets.pair(code(tablets))).isNull();
    }

    @Test
    void a_name_is_short_and_of_letters() {
        assertThat(Tablet.name(" 施術室 1-A ")).isEqualTo("施術室 1-A");
        assertThat(Tablet.name("a".repeat(33))).isNull();
        assertThat(Tablet.name("a\tb")).isNull();
        assertThat(Tablet.name("a\nb")).isNull();
        assertThat(Tablet.name("  ")).isNull();
        assertThat(Tablet.name(null)).isNull();
    }

    @Test
    void a_list_that_cannot_be_understood_lets_nobody_in() throws IOException {
        String token = pair(open(), "a");
        Files.writeString(folder.resolve("tablets"), "x\ty\n");

        assertThat(open().find(token)).isNull();
    }
}
