package jp.kakunin.hub.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TicketKeysTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:00:00Z");

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();
    private Path file;
    private List<String> told = List.of();

    @BeforeEach
    void name() {
        file = folder.resolve("ticket-keys");
    }

    private TicketKeys open(Instant now) throws IOException {
        TicketKeys keys = TicketKeys.open(file, random, now);
        keys.use(all -> told = all.stream().map(HexFormat.of()::formatHex).toList());
        return keys;
    }

    @Test
    void a_hub_that_starts_again_has_the_same_keys() throws Exception {
        var _ = open(NOW);
        List<String> before = told;

        var _ = open(NOW.plus(Duration.ofHours(3)));

        assertThat(before).singleElement().satisfies(key -> assertThat(key).hasSize(2 * TicketKeys.SECRET_BYTES));
        assertThat(told).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void each_day_brings_a_new_key_and_the_old_ones_are_gone_when_no_ticket_needs_them() throws Exception {
        TicketKeys keys = open(NOW);
        String first = told.getFirst();

        for (int day = 1; day <= 2; day++) {
            keys.renew(NOW.plus(Duration.ofDays(day)));
            assertThat(told).hasSize(day + 1).endsWith(first);
        }
        keys.renew(NOW.plus(Duration.ofDays(3)));

        assertThat(told).hasSize(3).doesNotContain(first);
        assertThat(Files.readString(file)).doesNotContain(first);
    }

    @Test
    void a_key_of_a_clock_far_off_is_not_kept() throws Exception {
        var _ = open(NOW.plus(Duration.ofDays(30)));
        String future = told.getFirst();

        var _ = open(NOW);

        assertThat(told).hasSize(1).doesNotContain(future);
    }

    @Test
    void a_file_that_cannot_be_read_hinders_nothing() throws Exception {
        Files.writeString(file, "2026-11-22T01:00:00Z 00ff\n");

        var _ = open(NOW);

        assertThat(told).hasSize(1);
        assertThat(Files.readString(file)).contains(told.getFirst());
    }
}
