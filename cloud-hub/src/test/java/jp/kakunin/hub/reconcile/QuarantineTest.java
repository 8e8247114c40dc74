package jp.kakunin.hub.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.OTHER_CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.reconcile.Sender.Trust;
import jp.kakunin.hub.testing.Sample;
import org.junit.jupiter.api.Test;

/// What the hub does with facts that must not, or cannot yet be believed: set aside, refuse, forget.
final class QuarantineTest {
    private final Sample sample = new Sample(7);
    private final PatientId patient = sample.ids.patient();
    private final Desk desk = new Desk(sample);

    @Test
    void a_fact_of_a_closed_month_is_forgotten_and_said_to_be_too_late() {
        Tally tally = desk.send(sample.deferred(patient, TODAY.minusMonths(2)));

        assertThat(tally).isEqualTo(new Tally(0, 0, 0, 0, 1));
        assertThat(desk.remarks()).containsExactly(new StreamReply.Remark(1, Outcome.TOO_LATE, null));
        assertThat(desk.facts(MONTH.previous().previous())).isEmpty();
    }

    @Test
    void a_doubtful_clock_beats_a_closed_month() {
        Tally tally = desk.send(sample.doubtful(patient, TODAY.minusMonths(2)));

        assertThat(tally).isEqualTo(new Tally(0, 0, 0, 1, 0));
        assertThat(desk.quarantined()).containsExactly(QuarantineReason.CLOCK_DOUBTFUL);
    }

    @Test
    void a_doubtful_clock_in_an_open_month_takes_effect() {
        assertThat(desk.send(sample.doubtful(patient, TODAY))).isEqualTo(new Tally(1, 0, 0, 0, 0));
    }

    @Test
    void a_date_after_tomorrow_is_set_aside_and_tomorrow_is_not() {
        Tally tally =
                desk.send(sample.deferred(patient, TODAY.plusDays(1)), sample.deferred(patient, TODAY.plusDays(2)));

        assertThat(tally).isEqualTo(new Tally(1, 0, 0, 1, 0));
        assertThat(desk.quarantined()).containsExactly(QuarantineReason.FUTURE_DATE);
    }

    @Test
    void a_fact_of_another_clinic_is_set_aside() {
        desk.send(sample.deferredAt(OTHER_CLINIC, patient, TODAY));

        assertThat(desk.quarantined()).containsExactly(QuarantineReason.WRONG_CLINIC);
    }

    @Test
    void P6_one_unreadable_fact_does_not_stop_the_others() {
        byte[] poison = "not a fact".getBytes(UTF_8);

        Tally tally = desk.sendBytes(
                desk.encoded(sample.deferred(patient, TODAY)),
                poison,
                desk.encoded(sample.deferred(sample.ids.patient(), TODAY)));

        assertThat(tally).isEqualTo(new Tally(2, 0, 0, 1, 0));
        assertThat(desk.journal.quarantined(CLINIC, MONTH, Digest.of(poison)))
                .isNotNull()
                .extracting(SetAside::fact)
                .isEqualTo(poison);
        assertThat(desk.facts(MONTH))
                .filteredOn(Fact.Quarantined.class::isInstance)
                .hasSize(1);
    }

    @Test
    void a_fact_in_quarantine_is_held_when_it_comes_again() {
        byte[] poison = "not a fact".getBytes(UTF_8);
        desk.sendBytes(poison);
        desk.newEpoch();

        assertThat(desk.sendBytes(poison, poison)).isEqualTo(new Tally(0, 2, 0, 0, 0));
        assertThat(desk.remarks())
                .extracting(StreamReply.Remark::outcome)
                .containsExactly(Outcome.QUARANTINED, Outcome.QUARANTINED);
        assertThat(desk.facts(MONTH)).hasSize(1);
    }

    @Test
    void an_answer_given_back_counts_only_with_the_hubs_own_seal() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        Fact.AnswerReceived own = sample.answer(card, Sample.valid());
        Fact.AnswerReceived forged = new Fact.AnswerReceived(
                own.envelope(),
                own.check(),
                own.asOf(),
                own.answeredAt(),
                new Answer.NotFound(),
                own.number(),
                own.seal());

        Tally tally = desk.send(card, forged, own);

        assertThat(tally).isEqualTo(new Tally(2, 0, 0, 1, 0));
        assertThat(desk.quarantined()).containsExactly(QuarantineReason.FORGED_ANSWER);
        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Confirmed(Standing.By.CARD));
    }

    @Test
    void a_hubs_own_note_of_quarantine_is_no_edge_fact() {
        Fact.Quarantined note = new Fact.Quarantined(
                sample.envelope(new PatientId(new UUID(0, 0)), TODAY), Digest.ZERO, QuarantineReason.UNREADABLE);

        desk.send(note);

        assertThat(desk.quarantined()).containsExactly(QuarantineReason.NOT_AN_EDGE_FACT);
    }

    @Test
    void a_revoked_device_is_heard_into_quarantine() {
        Tally tally = desk.sendAs(Trust.QUARANTINE, sample.deferred(patient, TODAY));

        assertThat(tally).isEqualTo(new Tally(0, 0, 0, 1, 0));
        assertThat(desk.quarantined()).containsExactly(QuarantineReason.DEVICE_REVOKED);
    }

    @Test
    void a_stolen_device_is_counted_and_not_believed() {
        Tally tally = desk.sendAs(Trust.NONE, sample.deferred(patient, TODAY));

        assertThat(tally).isEqualTo(new Tally(0, 0, 1, 0, 0));
        assertThat(desk.facts(MONTH)).isEmpty();
        assertThat(desk.remarks()).containsExactly(new StreamReply.Remark(1, Outcome.REFUSED, null));
    }

    @Test
    void a_patient_month_has_a_limit() {
        for (int i = 0; i < Triage.PATIENT_MONTH_FACTS_MAX / 500; i++) {
            desk.send(sample.references(patient, 500));
        }

        assertThat(desk.send(sample.references(patient, 1))).isEqualTo(new Tally(0, 0, 0, 1, 0));
        assertThat(desk.quarantined()).containsExactly(QuarantineReason.TOO_LARGE);
        assertThat(desk.send(sample.deferred(sample.ids.patient(), TODAY))).isEqualTo(new Tally(1, 0, 0, 0, 0));
    }

    @Test
    void a_check_must_be_filed_in_the_month_of_its_treatment() {
        Fact.CheckRecorded right = sample.deferred(patient, TODAY);
        var wrongMonth = new Envelope(
                right.id(), CLINIC, patient, TreatmentMonth.of(TODAY).previous(), NOW, false);

        desk.send(new Fact.CheckRecorded(
                wrongMonth,
                right.visit(),
                right.check(),
                right.kind(),
                TODAY,
                right.evidence(),
                null,
                null,
                null,
                null));

        assertThat(desk.quarantined()).containsExactly(QuarantineReason.UNREADABLE);
    }
}
