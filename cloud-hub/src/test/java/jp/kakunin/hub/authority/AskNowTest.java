package jp.kakunin.hub.authority;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import org.junit.jupiter.api.Test;

/// An authority that wants the patient present: it cannot be asked with evidence captured earlier.
final class AskNowTest extends AskerFixture {
    AskNowTest() {
        authority.capabilities = Set.of(Capability.ASK_NOW);
    }

    @Test
    void with_the_patient_there_it_is_asked_at_once() {
        authority.says(YES);
        Asker asker = start();
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);

        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        assertThat(authority.asked).containsExactly(live.check());
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void what_was_captured_earlier_is_not_asked_and_waits_no_longer() {
        Fact.CheckRecorded yesterday = sample.card(sample.ids.patient(), TODAY.minusDays(1));
        Question question = given(yesterday, VisitKind.INITIAL);
        authority.says(YES);

        start();

        assertThat(authority.asked).isEmpty();
        assertTooOld(question);
    }

    @Test
    void with_ask_captured_the_same_is_asked() {
        authority.capabilities = Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED);
        Question question = given(sample.card(sample.ids.patient(), TODAY.minusDays(1)), VisitKind.INITIAL);
        authority.says(YES);

        start();

        assertThat(authority.asked).containsExactly(question.check());
    }

    @Test
    void a_tap_of_a_moment_ago_is_asked_after_a_restart() {
        Question question = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(YES);

        start();

        assertThat(authority.asked).containsExactly(question.check());
    }

    @Test
    void without_an_answer_it_is_tried_while_the_patient_may_be_there_and_then_to_be_tapped_again() {
        authority.says(NOTHING);
        Asker asker = start();
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        steps.advance(QuestionFeed.PATIENT_STAYS_MAX);
        assertThat(authority.asked).hasSizeGreaterThan(2).containsOnly(live.check());
        steps.advance(Backoff.WAIT_MAX.multipliedBy(2));
        int tried = authority.asked.size();
        authority.says(YES);
        steps.advance(Duration.ofHours(1));

        assertThat(authority.asked).hasSize(tried);
        assertTooOld(live);
    }

    @Test
    void a_live_tap_of_a_device_whose_clock_is_late_is_asked() {
        steps.advance(QuestionFeed.PATIENT_STAYS_MAX.multipliedBy(3));
        authority.says(YES);
        Asker asker = start();
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);

        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        assertThat(authority.asked).containsExactly(live.check());
    }

    @Test
    void after_midnight_the_patient_of_yesterday_is_not_asked_about() {
        authority.says(NOTHING);
        Asker asker = start();
        Question live = given(sample.card(sample.ids.patient(), TODAY.minusDays(1)), VisitKind.INITIAL);

        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        assertThat(authority.asked).isEmpty();
        assertTooOld(live);
    }

    private void assertTooOld(Question question) {
        assertThat(journal.questions(null, 9)).isEmpty();
        assertThat(journal.summary(new PatientMonth(CLINIC, question.month(), question.patient()))
                        .facts())
                .filteredOn(Fact.EvidenceFoundUnusable.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Fact.EvidenceFoundUnusable.class,
                        found -> assertThat(found.flaw()).isEqualTo(EvidenceFlaw.TOO_OLD));
    }
}
