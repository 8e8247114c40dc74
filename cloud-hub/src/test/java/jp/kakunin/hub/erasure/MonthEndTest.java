package jp.kakunin.hub.erasure;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.UUID;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.testing.Steps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonthEndTest {
    private static final TreatmentMonth SEPTEMBER = TreatmentMonth.of(2026, 9);

    @TempDir
    private Path folder;

    private final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(1, 1)), Runnable::run);
    private final Steps steps = new Steps(japan("2026-10-31T22:30:00"));
    private KeyPair key;
    private Receipts receipts;
    private MonthEnd monthEnd;

    @BeforeEach
    void start() throws Exception {
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        receipts = new Receipts(folder.resolve("erasures.jsonl"));
        fill(SEPTEMBER);
        fill(SEPTEMBER.next());
        monthEnd = new MonthEnd(journal, receipts.signedWith(key.getPrivate()), steps, steps, steps);
        monthEnd.start();
        steps.settle();
    }

    @Test
    void a_month_is_forgotten_at_midnight_in_japan_and_not_a_moment_before() throws Exception {
        until(japan("2026-10-31T23:59:59.999"));
        assertThat(journal.read(CLINIC, SEPTEMBER, 0, 1)).hasSize(1);
        assertThat(receipts.verified(key.getPublic())).isEmpty();

        until(japan("2026-11-01T00:00:00"));
        assertThat(journal.closedThrough()).isEqualTo(SEPTEMBER);
        assertThat(journal.read(CLINIC, SEPTEMBER, 0, 1)).isEmpty();
        assertThat(journal.read(CLINIC, SEPTEMBER.next(), 0, 1)).hasSize(1);
        assertThat(receipts.verified(key.getPublic()).getJsonObject(0).getString("month"))
                .isEqualTo("2026-09");
    }

    @Test
    void each_month_gets_its_turn() throws Exception {
        until(japan("2026-12-01T00:00:00"));
        assertThat(journal.closedThrough()).isEqualTo(SEPTEMBER.next());
        assertThat(receipts.verified(key.getPublic())).hasSize(2);
    }

    @Test
    void a_receipt_that_cannot_be_written_is_written_when_it_can() throws Exception {
        Path file = folder.resolve("erasures.jsonl");
        Files.createDirectory(file);
        until(japan("2026-11-01T00:00:00"));
        assertThat(journal.closedThrough()).isEqualTo(SEPTEMBER);
        assertThat(monthEnd.overdue()).isEqualTo(1);
        Files.delete(file);
        steps.advance(MonthEnd.RETRY);
        assertThat(receipts.verified(key.getPublic())).hasSize(1);
        assertThat(monthEnd.overdue()).isZero();
    }

    @Test
    void what_is_overdue_is_counted() {
        monthEnd.close();
        assertThat(monthEnd.overdue()).isZero();
        until(japan("2026-12-01T00:00:00"));
        assertThat(monthEnd.overdue()).isEqualTo(2);
    }

    private void until(Instant then) {
        steps.advance(Duration.between(steps.instant(), then));
    }

    private void fill(TreatmentMonth month) {
        assertThat(journal.commit(new Draft(CLINIC, journal.head(CLINIC))
                        .append(month, steps.instant(), null, new byte[] {1})
                        .commit()))
                .succeedsWithin(Duration.ofSeconds(1));
    }

    private static Instant japan(String local) {
        return LocalDateTime.parse(local).atZone(TreatmentMonth.JAPAN).toInstant();
    }
}
