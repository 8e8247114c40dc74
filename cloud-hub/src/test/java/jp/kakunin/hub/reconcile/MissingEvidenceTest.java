package jp.kakunin.hub.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.EVIDENCE;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.testing.Sample;
import org.junit.jupiter.api.Test;

/// Card evidence that does not come with its fact.
final class MissingEvidenceTest {
    private final Sample sample = new Sample(7);
    private final PatientId patient = sample.ids.patient();
    private final Desk desk = new Desk(sample);

    /// The asker looked for the evidence, and while it went to say that there is none, the evidence came.
    @Test
    void evidence_that_came_while_it_was_found_missing_is_asked_about_after_all() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.sendWith("something else".getBytes(UTF_8), card);
        Question question = desk.question();
        desk.sendWith(EVIDENCE, card);

        assertThat(desk.decider.unusable(desk.view(), question, EvidenceFlaw.MISSING))
                .isEmpty();

        assertThat(desk.question()).isEqualTo(question);
        assertThat(desk.standings(patient, MONTH)).containsExactly(new Standing.Waiting());
    }

    /// A restored hub may find the evidence missing, get it, and then get the answer it once gave: from a device.
    @Test
    void an_answer_given_back_by_a_device_ends_the_question_about_evidence_that_came_late() {
        Fact.CheckRecorded card = sample.card(patient, TODAY);
        desk.sendWith("something else".getBytes(UTF_8), card);
        desk.unusable(desk.question());
        desk.newEpoch();
        desk.sendWith(EVIDENCE, card);
        assertThat(desk.question().check()).isEqualTo(card.check());

        desk.send(sample.answer(card, new Answer.NotFound()));

        assertThat(desk.journal.questions(null, 1)).isEmpty();
    }
}
