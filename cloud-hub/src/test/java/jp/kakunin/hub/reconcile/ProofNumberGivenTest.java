package jp.kakunin.hub.reconcile;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Answer.Outcome;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.history.VisitJson;
import jp.kakunin.hub.history.VisitLine;
import jp.kakunin.hub.testing.Sample;
import org.junit.jupiter.api.Test;

final class ProofNumberGivenTest {
    private final Sample sample = new Sample(1);
    private final Desk desk = new Desk(sample);
    private final PatientId patient = sample.ids.patient();

    @Test
    void every_answer_good_or_bad_comes_with_a_genuine_number() {
        assertThat(isGenuine(Sample.valid(), Outcome.VALID)).isTrue();
        assertThat(isGenuine(new Answer.NotFound(), Outcome.NOT_FOUND)).isTrue();
        assertThat(isGenuine(new Answer.Several(), Outcome.VALID)).isFalse();
    }

    @Test
    void history_shows_the_number_of_what_decided() {
        ProofNumber number = answered(patient, Sample.valid());

        VisitStanding visit = desk.visits(patient, MONTH).getFirst();
        assertThat(VisitJson.forOperator(CLINIC, new VisitLine(visit, null), TODAY, 10)
                        .getString("proofNumber"))
                .isEqualTo(number.toString());
    }

    @Test
    void two_answers_about_one_person_have_numbers_of_their_own() {
        ProofNumber first = answered(patient, new Answer.NotFound());
        ProofNumber second = answered(patient, new Answer.NotFound());

        assertThat(second.random()).isNotEqualTo(first.random());
        assertThat(second.code()).isNotEqualTo(first.code());
    }

    private boolean isGenuine(Answer answer, Outcome outcome) {
        return Sample.NUMBERS.isGenuine(answered(sample.ids.patient(), answer), CLINIC, TODAY, outcome);
    }

    /// Taps and has the check answered; the number of what decides about the last visit.
    private ProofNumber answered(PatientId of, Answer answer) {
        desk.send(sample.card(of, TODAY));
        desk.answer(desk.question(), answer);
        VisitStanding.Proof proof = desk.visits(of, MONTH).getLast().proof();
        return Objects.requireNonNull(Objects.requireNonNull(proof).number());
    }
}
