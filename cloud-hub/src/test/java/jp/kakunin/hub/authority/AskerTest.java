package jp.kakunin.hub.authority;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.testing.Sample;
import org.junit.jupiter.api.Test;

final class AskerTest extends AskerFixture {
    @Test
    void what_the_last_run_left_is_asked_in_order() {
        Question repeat = given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        Question initial = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        Question closing = given(sample.card(sample.ids.patient(), TODAY.minusMonths(1)), VisitKind.REPEAT);
        authority.says(YES);

        start();

        assertThat(authority.asked).containsExactly(closing.check(), initial.check(), repeat.check());
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void a_negative_answer_is_never_asked_again() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NO);

        start();
        steps.advance(Duration.ofHours(1));

        assertThat(authority.asked).hasSize(1);
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void no_answer_is_asked_again_ever_more_slowly_and_changes_nothing() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NOTHING);

        start();
        steps.advance(Duration.ofHours(1));

        assertThat(authority.asked).hasSizeBetween(10, 60);
        assertThat(journal.questions(null, 9)).hasSize(1);
        assertThat(journal.read(CLINIC, MONTH, 0, 9)).isEmpty();
        authority.says(YES);
        steps.advance(Backoff.WAIT_MAX);
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void an_authority_that_never_answers_is_waited_for_no_longer_than_the_limit() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        start();
        assertThat(authority.asked).hasSize(1);

        steps.advance(Asker.ANSWER_WAIT_MAX.plus(Backoff.WAIT_MIN.multipliedBy(3)));

        assertThat(authority.asked).hasSize(2);
    }

    @Test
    void a_live_question_goes_ahead_of_the_backlog() {
        List<Question> backlog = new ArrayList<>();
        for (int i = 0; i < Asker.QUESTIONS_AT_ONCE_MAX + 10; i++) {
            backlog.add(given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL));
        }
        Asker asker = start();
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        authority.answerFirst(YES);
        steps.settle();

        assertThat(authority.asked.getLast()).isEqualTo(live.check());
        assertThat(backlog).hasSize(Asker.QUESTIONS_AT_ONCE_MAX + 10);
    }

    @Test
    void a_question_without_evidence_is_not_waited_for() {
        Fact.CheckRecorded card = sample.card(sample.ids.patient(), TODAY);
        Question question = question(card, VisitKind.INITIAL);
        store(new Draft(CLINIC, journal.head(CLINIC)).ask(question));

        start();

        assertThat(authority.asked).isEmpty();
        assertThat(journal.questions(null, 9)).isEmpty();
        assertThat(fleet.counters().events(Event.UNUSABLE_EVIDENCE)).isEqualTo(1);
        assertThat(journal.summary(PatientMonth.of(card.envelope())).facts())
                .singleElement()
                .isInstanceOfSatisfying(Fact.EvidenceFoundUnusable.class, found -> {
                    assertThat(found.check()).isEqualTo(card.check());
                    assertThat(found.flaw()).isEqualTo(EvidenceFlaw.MISSING);
                });
    }

    /// Nobody commits again here, and no timer runs: only the word that there was nothing to do tells that the
    /// evidence came, and that the question is to be asked.
    @Test
    void evidence_that_came_while_it_was_found_missing_is_asked_about_after_all() {
        Fact.CheckRecorded card = sample.card(sample.ids.patient(), TODAY);
        Question question = question(card, VisitKind.INITIAL);
        store(new Draft(CLINIC, journal.head(CLINIC)).ask(question));
        authority.says(YES);
        afterTheLook = () -> store(new Draft(CLINIC, journal.head(CLINIC))
                .attach(new AttachmentKey(MONTH, question.check()), Sample.EVIDENCE));

        start();

        assertThat(authority.asked).containsExactly(question.check());
        assertThat(journal.questions(null, 9)).isEmpty();
        assertThat(fleet.counters().events(Event.UNUSABLE_EVIDENCE)).isZero();
    }

    @Test
    void what_was_settled_by_somebody_else_while_it_waited_is_not_asked_again() {
        Question question = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NOTHING);
        start();
        store(new Draft(CLINIC, journal.head(CLINIC)).dropQuestion(question));

        steps.advance(Duration.ofHours(1));

        assertThat(authority.asked).hasSize(1);
    }

    @Test
    void an_authority_that_throws_is_asked_again() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.broken = true;
        start();
        assertThat(journal.questions(null, 9)).hasSize(1);

        authority.broken = false;
        authority.says(YES);
        steps.advance(Backoff.WAIT_MAX);

        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void an_answer_that_could_not_be_recorded_is_asked_for_again() {
        Fact.CheckRecorded card = sample.card(sample.ids.patient(), TODAY);
        given(card, VisitKind.INITIAL);
        PatientMonth damaged = new PatientMonth(CLINIC, MONTH, card.envelope().patient());
        journal.damage(damaged);
        authority.says(YES);
        start();
        assertThat(journal.questions(null, 9)).hasSize(1);

        journal.repair(damaged);
        steps.advance(Backoff.WAIT_MAX);

        assertThat(journal.questions(null, 9)).isEmpty();
    }
}
