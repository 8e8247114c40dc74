package jp.kakunin.hub.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.PatientId;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.MemoryJournal;
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

    private Fact setAside(QuarantineReason reason) {
        return setAside(reason, reason.name());
    }

    private Fact setAside(QuarantineReason reason, String content) {
        return new Fact.Quarantined(sample.envelope(NOBODY, TODAY), Digest.of(content.getBytes(UTF_8)), reason);
    }

    private void append(Fact... facts) {
        Draft draft = new Draft(CLINIC, journal.head(CLINIC));
        for (Fact fact : facts) {
            draft.append(MONTH, NOW, origin, FactCodec.encode(fact));
            if (fact instanceof Fact.Quarantined set) {
                draft.setAside(new SetAside(CLINIC, MONTH, set.content(), draft.position(MONTH), POISON, null));
            }
        }
        assertThat(journal.commit(draft.commit()).join()).isInstanceOf(CommitResult.Committed.class);
    }
}
