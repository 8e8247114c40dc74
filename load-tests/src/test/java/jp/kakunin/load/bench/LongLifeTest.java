package jp.kakunin.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.edge.identity.EdgeIdentity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an edge that is never switched off has gathered after weeks. In this process, because only here time can be
/// made
/// to pass, and objects be counted: a class of which there are more each month is a leak, long before memory is short.
final class LongLifeTest {
    private static final LocalDate FIRST = LocalDate.of(2027, 6, 24);
    /// As many days after the close of June as [#LAST] after that of July, each behind a month of 31 days.
    private static final LocalDate MIDDLE = LocalDate.of(2027, 8, 10);

    private static final LocalDate LAST = LocalDate.of(2027, 9, 10);
    private static final int VISITS_PER_DAY = Boolean.getBoolean("kakunin.nightly") ? 40 : 8;

    /// Reserve file and write-ahead log of 8 MiB each, 4 MiB of the database's own notes, and the facts of two
    /// months.
    private static final long DISK_BYTES_MAX = 24L << 20;

    @TempDir
    private Path data;

    @Test
    @Tag("long")
    void seventy_eight_days_with_outages_and_two_closes_leave_nothing_behind() throws Exception {
        try (var life = new LongLife(data, FIRST, VISITS_PER_DAY, UnaryOperator.identity())) {
            until(life, MIDDLE);
            Census before = life.census();
            until(life, LAST);
            Census after = life.census();

            assertThat(after.grownSince(before)).as("%s%n%s", before, after).isEmpty();
            assertThat(after.fileBytes()).isLessThan(DISK_BYTES_MAX);
            assertThat(life.monthsOpen()).containsExactly("2027-08", "2027-09", "2027-10");
            assertThat(life.checksAnswered()).isEqualTo(life.taps());
        }
    }

    @Test
    void an_edge_that_kept_all_it_ever_sent_would_be_found_out() throws Exception {
        try (var life = new LongLife(data, FIRST, 2, KeepingLine::new)) {
            life.day();
            Census before = life.census();
            life.day();

            assertThat(life.census().grownSince(before))
                    .anyMatch(line -> line.startsWith(Sending.class.getName() + ":"));
        }
    }

    private static void until(LongLife life, LocalDate date) throws Exception {
        while (life.date().isBefore(date)) {
            life.day();
        }
    }

    /// The leak: a map from which nobody takes anything.
    private record KeepingLine(HubLink line, Map<Long, Sending> kept) implements HubLink {
        KeepingLine(HubLink line) {
            this(line, new HashMap<>());
        }

        @Override
        public void send(Sending sending, Listener listener) {
            kept.put(sending.ticket(), sending);
            line.send(sending, listener);
        }

        @Override
        public void hangUp() {
            line.hangUp();
        }

        @Override
        public void renewed(EdgeIdentity identity) {
            line.renewed(identity);
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
