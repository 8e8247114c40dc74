package jp.kakunin.hub.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.JournalBrokenException;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.JournalEntry.Origin;
import org.junit.jupiter.api.Test;

final class QuarantineTest {
    private static final PatientId NOBODY = new PatientId(new UUID(0, 0));

    private static final byte[] POISON = "as it came".getBytes(UTF_8);

    private final Sample sample = new Sample(3);
    private final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(1, 1)), Runnable::run);
    private final Quarantine quarantine = new Quarantine(journal, Runnable::run);
    private Instant received = NOW;
    private final Origin origin = new Origin(sample.ids.device(), sample.ids.epoch(), 7);

    @Test
    void what_was_set_aside_is_listed_with_device_reason_and_remedy_the_newest_first() {
        append(sample.references(sample.ids.patient(), 700).toArray(Fact[]::new));
        append(Stream.of(QuarantineReason.values()).map(this::setAside).toArray(Fact[]::new));

        var found = quarantine.of(CLINIC).join();

        assertThat(found.more()).isFalse();
        assertThat(found.items().reversed())
                .extracting(Quarantine.Item::reason)
                .containsExactly(QuarantineReason.values());
        assertThat(found.items().getLast().position()).isEqualTo(701);
        assertThat(found.items()).allSatisfy(item -> {
            assertThat(item.clinic()).isEqualTo(CLINIC);
            assertThat(item.month()).isEqualTo(MONTH);
            assertThat(item.origin()).isEqualTo(origin);
            assertThat(item.remedy(Language.EN)).isNotBlank();
        });
        assertThat(quarantine.of(null).join()).isEqualTo(found);
        assertThat(quarantine.of(OTHER_CLINIC).join().items()).isEmpty();
    }

    @Test
    void P8_more_than_can_be_listed_is_said() {
        append(IntStream.rangeClosed(0, Quarantine.ITEMS_MAX)
                .mapToObj(i -> setAside(QuarantineReason.FUTURE_DATE, "content " + i))
                .toArray(Fact[]::new));

        var found = quarantine.of(CLINIC).join();

        assertThat(found.more()).isTrue();
        assertThat(found.items()).hasSize(Quarantine.ITEMS_MAX);
    }

    /// The oldest were once listed, whatever came since.
    @Test
    void P8_of_more_than_can_be_listed_the_newest_are() {
        for (int i = 0; i <= Quarantine.ITEMS_MAX; i++) {
            received = NOW.plusSeconds(i);
            append(i % 2 == 0 ? CLINIC : OTHER_CLINIC, setAside(QuarantineReason.FUTURE_DATE, "content " + i));
        }

        var found = quarantine.of(null).join();

        assertThat(found.more()).isTrue();
        assertThat(found.items())
                .extracting(Quarantine.Item::receivedAt)
                .containsExactlyElementsOf(IntStream.range(0, Quarantine.ITEMS_MAX)
                        .mapToObj(i -> NOW.plusSeconds(Quarantine.ITEMS_MAX - i))
                        .toList());
    }

    @Test
    void P6_what_cannot_be_read_keeps_no_other_from_being_listed() {
        append(setAside(QuarantineReason.FUTURE_DATE), setAside(QuarantineReason.UNREADABLE));
        Journal damaged = new ForwardingJournal(journal) {
            @Override
            public List<Positioned> read(InstitutionCode clinic, TreatmentMonth month, long after, int factsMax) {
                if (after == 1) {
                    throw new JournalBrokenException("a row is damaged");
                }
                return journal.read(clinic, month, after, factsMax);
            }
        };

        assertThat(new Quarantine(damaged, Runnable::run).of(null).join().items())
                .extracting(Quarantine.Item::reason)
                .containsExactly(QuarantineReason.FUTURE_DATE);
    }

    private Fact setAside(QuarantineReason reason) {
        return setAside(reason, reason.name());
    }

    private Fact setAside(QuarantineReason reason, String content) {
        return new Fact.Quarantined(sample.envelope(NOBODY, TODAY), Digest.of(content.getBytes(UTF_8)), reason);
    }

    private void append(Fact... facts) {
        append(CLINIC, facts);
    }

    private void append(InstitutionCode clinic, Fact... facts) {
        Draft draft = new Draft(clinic, journal.head(clinic));
        for (Fact fact : facts) {
            draft.append(MONTH, received, origin, FactCodec.encode(fact));
            if (fact instanceof Fact.Quarantined set) {
                draft.setAside(new SetAside(clinic, MONTH, set.content(), draft.position(MONTH), POISON, null));
            }
        }
        assertThat(journal.commit(draft.commit()).join()).isInstanceOf(CommitResult.Committed.class);
    }
}
