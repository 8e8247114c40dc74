package jp.kakunin.hub.exchange;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.EVIDENCE;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.JournalBrokenException;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.hub.testing.OlderHub;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;
import jp.kakunin.journal.StreamState;
import org.junit.jupiter.api.Test;

/// A hub is updated and can read what the older one set aside.
final class QuarantineReviewTest {
    private final Sample sample = new Sample(23);
    private final Steps steps = new Steps(NOW);
    private final FleetView fleet = new FleetView();
    private final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(1, 1)), Runnable::run);
    private final OlderHub older = new OlderHub(journal, sample);
    private final PatientId patient = sample.ids.patient();
    private DeviceStatus status = new DeviceStatus.Active(Set.of(CLINIC));

    @Test
    void P2_what_an_older_hub_could_not_read_takes_effect_once_as_if_it_had_come_now() throws Exception {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        SetAside setAside = older.take(card, EVIDENCE, QuarantineReason.UNKNOWN_SCHEMA);

        assertThat(review()).isEqualTo(1);
        assertThat(review()).isZero();

        var visits = journal.summary(new PatientMonth(CLINIC, MONTH, patient)).visits();
        assertThat(visits)
                .singleElement()
                .satisfies(visit -> assertThat(visit.standing()).isEqualTo(new Standing.Waiting()));
        assertThat(journal.worklist(null, 10)).extracting(WorkItem::visit).containsExactly(card.visit());
        assertThat(journal.questions(null, 10)).extracting(Question::check).containsExactly(card.check());
        assertThat(journal.attachment(CLINIC, MONTH, card.check())).isEqualTo(EVIDENCE);
        assertThat(journal.read(CLINIC, MONTH, 0, 10)).hasSize(2);
        assertThat(journal.quarantined(CLINIC, MONTH, setAside.content()))
                .isNotNull()
                .satisfies(left -> assertThat(left.fact()).isEmpty())
                .satisfies(left -> assertThat(left.attachment()).isNull());
        assertThat(fleet.counters().events(Event.RETAKEN)).isEqualTo(1);
    }

    /// The edge pulls it like any other fact, and drops its remark; one that missed the remark never hears it.
    @Test
    void P10_its_stream_counts_it_as_what_became_of_it_and_delivers_it() throws Exception {
        older.take(sample.deferred(patient, TODAY), null, QuarantineReason.UNREADABLE);
        Fact.CheckRecorded fact = sample.deferred(patient, TODAY);
        older.take(fact, null, QuarantineReason.UNKNOWN_SCHEMA);

        assertThat(review()).isEqualTo(1);

        assertThat(stream().tally()).isEqualTo(new Tally(1, 0, 0, 1, 0));
        assertThat(stream().tally().sum()).isEqualTo(stream().position().seq());
        assertThat(stream().remarks()).containsExactly(new Remark(1, Outcome.QUARANTINED, QuarantineReason.UNREADABLE));
        Edge edge = new Edge(service(), steps, sample);
        Reply.News news = (Reply.News) edge.done(edge.await(CLINIC, null));
        assertThat(news.facts()).extracting(Delivered::fact).contains(FactCodec.encode(fact));
    }

    @Test
    void what_another_device_gave_meanwhile_is_held() throws Exception {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        older.take(card, EVIDENCE, QuarantineReason.UNKNOWN_SCHEMA);
        Edge edge = new Edge(service(), steps, sample);
        edge.push(CLINIC, true, card);

        assertThat(review()).isEqualTo(1);

        assertThat(stream().tally()).isEqualTo(new Tally(0, 1, 0, 0, 0));
        assertThat(journal.read(CLINIC, MONTH, 0, 10)).hasSize(2);
    }

    @Test
    void what_must_not_be_believed_now_is_set_aside_again_for_that_reason() throws Exception {
        SetAside ahead = older.take(sample.deferred(patient, TODAY.plusDays(5)), null, QuarantineReason.UNKNOWN_SCHEMA);

        assertThat(review()).isEqualTo(1);
        assertThat(review()).isZero();

        assertThat(stream().tally()).isEqualTo(new Tally(0, 0, 0, 1, 0));
        assertThat(stream().remarks())
                .containsExactly(new Remark(1, Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE));
        assertThat(journal.quarantined(CLINIC, MONTH, ahead.content()))
                .isNotNull()
                .satisfies(left -> assertThat(left.position()).isEqualTo(2))
                .satisfies(left -> assertThat(left.fact()).isEqualTo(ahead.fact()));
    }

    @Test
    void what_belongs_to_a_closed_month_by_now_is_forgotten_and_counted() throws Exception {
        SetAside late =
                older.take(sample.deferred(patient, TODAY.minusMonths(2)), null, QuarantineReason.UNKNOWN_SCHEMA);

        assertThat(review()).isEqualTo(1);

        assertThat(stream().tally()).isEqualTo(new Tally(0, 0, 0, 0, 1));
        assertThat(stream().remarks()).containsExactly(new Remark(1, Outcome.TOO_LATE, null));
        assertThat(journal.quarantined(CLINIC, MONTH, late.content()))
                .isNotNull()
                .satisfies(left -> assertThat(left.fact()).isEmpty());
    }

    @Test
    void what_was_set_aside_for_another_reason_or_cannot_be_read_yet_or_is_of_a_stolen_device_stays() throws Exception {
        byte[] unknown = FactCodec.encode(sample.deferred(patient, TODAY));
        unknown[3] ^= 1; // another fingerprint
        assertThat(FactCodec.decode(unknown).toString()).contains("UNKNOWN_SCHEMA");
        Edge edge = new Edge(service(), steps, sample);
        edge.done(edge.send(new Batch(
                CLINIC, edge.epoch, edge.position, List.of(new SentFact(1, unknown, EVIDENCE)), false, Backlog.NONE)));
        SetAside revoked = older.take(sample.deferred(patient, TODAY), null, QuarantineReason.DEVICE_REVOKED);
        assertThat(review()).isZero();

        SetAside stolen = older.take(sample.card(patient, TODAY), EVIDENCE, QuarantineReason.UNKNOWN_SCHEMA);
        status = new DeviceStatus.Stolen(Set.of(CLINIC));
        assertThat(review()).isZero();

        for (SetAside each : List.of(revoked, stolen)) {
            assertThat(journal.quarantined(CLINIC, MONTH, each.content()))
                    .isNotNull()
                    .matches(left -> !left.isTaken());
        }
        // With all that a later version will need.
        assertThat(journal.quarantined(CLINIC, MONTH, Digest.of(unknown)))
                .isNotNull()
                .satisfies(left -> assertThat(left.fact()).isEqualTo(unknown))
                .satisfies(left -> assertThat(left.attachment()).isEqualTo(EVIDENCE));
    }

    /// A hundred thousand of them were once all that any start looked at.
    @Test
    void P6_any_number_set_aside_for_other_reasons_keep_none_from_being_judged() throws Exception {
        Draft draft = new Draft(CLINIC, journal.head(CLINIC));
        byte[] readable = FactCodec.encode(sample.deferred(patient, TODAY));
        for (int i = 0; i <= QuarantineReview.FACTS_MAX; i++) {
            byte[] digest = new byte[Digest.BYTES];
            ByteBuffer.wrap(digest).putInt(i);
            draft.setAside(new SetAside(CLINIC, MONTH.previous(), new Digest(digest), 1, readable, null));
        }
        journal.commit(draft.commit()).join();
        older.take(sample.deferred(patient, TODAY), null, QuarantineReason.UNKNOWN_SCHEMA);

        assertThat(review()).isEqualTo(1);
    }

    @Test
    void P6_a_row_that_is_damaged_keeps_no_other_from_being_judged() throws Exception {
        for (int i = 0; i < 3; i++) {
            older.take(sample.deferred(sample.ids.patient(), TODAY), null, QuarantineReason.UNKNOWN_SCHEMA);
        }
        Journal damaged = new ForwardingJournal(journal) {
            @Override
            public List<Positioned> read(InstitutionCode clinic, TreatmentMonth month, long after, int factsMax) {
                if (after == 1) {
                    throw new JournalBrokenException("a row is damaged");
                }
                return journal.read(clinic, month, after, factsMax);
            }
        };

        assertThat(review(damaged)).isEqualTo(2);
    }

    private long review() {
        return review(journal);
    }

    private long review(Journal read) {
        CompletableFuture<Long> judged = new QuarantineReview(read, service(), steps, steps).start();
        steps.settle();
        assertThat(judged).isCompleted();
        return judged.join();
    }

    private StreamState stream() {
        StreamState state = journal.stream(older.stream(CLINIC));
        if (state == null) {
            throw new AssertionError("the stream is gone");
        }
        return state;
    }

    private ExchangeService service() {
        return new ExchangeService(
                ExchangeSettings.DEFAULT,
                journal,
                _ -> status,
                fleet,
                Sample.SEAL,
                Sample.NUMBERS,
                steps,
                new Random(2),
                List.of(steps),
                steps);
    }
}
