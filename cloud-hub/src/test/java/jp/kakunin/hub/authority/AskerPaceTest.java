package jp.kakunin.hub.authority;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import jp.kakunin.hub.journal.Question;
import org.junit.jupiter.api.Test;

/// When what is asked: pace, breaker, order under trouble.
final class AskerPaceTest extends AskerFixture {
    @Test
    void while_the_authority_is_away_the_backlog_rests_and_live_questions_are_tried() {
        for (int i = 0; i < 3 * Asker.QUESTIONS_AT_ONCE_MAX; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        authority.says(NOTHING);
        Asker asker = start();
        assertThat(authority.asked).hasSizeLessThan(Asker.QUESTIONS_AT_ONCE_MAX + Breaker.NO_ANSWERS_TO_OPEN);
        assertThat(health.breaker()).isEqualTo(2);
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        int before = authority.asked.size();

        asker.committed(CLINIC, List.of(live), true);
        steps.settle();

        assertThat(authority.asked.subList(before, authority.asked.size())).containsExactly(live.check());
    }

    @Test
    void P8_only_so_many_questions_are_asked_at_once() {
        for (int i = 0; i < 3 * Asker.QUESTIONS_AT_ONCE_MAX; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }

        start();
        steps.advance(Duration.ofSeconds(1));

        assertThat(authority.asked).hasSize(Asker.QUESTIONS_AT_ONCE_MAX);
    }

    @Test
    void a_timer_that_fires_early_is_set_again() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NOTHING);
        start();
        authority.says(YES);
        clockBehind = Duration.ofMillis(300);

        steps.advance(Backoff.WAIT_MIN.multipliedBy(3));

        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void a_clock_set_back_by_hours_makes_nobody_wait_for_hours() {
        given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NOTHING);
        start();
        authority.says(YES);
        clockBehind = Duration.ofHours(5);

        steps.advance(Backoff.WAIT_MIN.multipliedBy(3));

        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void the_pace_is_kept() {
        perSecond = 20;
        for (int i = 0; i < 200; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        authority.says(YES);

        start();
        steps.advance(Duration.ofSeconds(5));

        assertThat(authority.asked).hasSizeBetween(95, 103);
        steps.advance(Duration.ofSeconds(6));
        assertThat(journal.questions(null, 9)).isEmpty();
        assertThat(authority.asked).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void a_busy_authority_is_left_alone_as_long_as_it_asks_and_then_asked_more_slowly() {
        perSecond = 100;
        for (int i = 0; i < 2_000; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        authority.says(new AuthorityResult.NoAnswer(Cause.BUSY, Duration.ofSeconds(20)));
        start();
        int before = authority.asked.size();
        authority.says(YES);

        steps.advance(Duration.ofSeconds(19));
        assertThat(authority.asked).hasSize(before);
        steps.advance(Duration.ofSeconds(2));
        assertThat(authority.asked.size() - before).isBetween(40, 65);
        assertThat(health.noAnswers(Cause.BUSY)).isEqualTo(before);
        assertThat(health.breaker()).isZero();

        steps.advance(Pace.RECOVERY);
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void what_is_being_worked_on_is_asked_for_again_and_stops_nobody_else() {
        authority.says(new AuthorityResult.NoAnswer(Cause.PROCESSING));
        for (int i = 0; i < 3 * Breaker.NO_ANSWERS_TO_OPEN; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        start();

        assertThat(authority.asked).hasSize(3 * Breaker.NO_ANSWERS_TO_OPEN);
        assertThat(health.breaker()).isZero();
        authority.says(YES);
        steps.advance(Backoff.WAIT_MIN.multipliedBy(3));
        assertThat(journal.questions(null, 9)).isEmpty();
    }

    @Test
    void one_question_finds_out_whether_the_authority_is_back() {
        for (int i = 0; i < 20; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        authority.says(NOTHING);
        start();
        int before = authority.asked.size();

        steps.advance(Duration.ofHours(2));

        assertThat(authority.asked.size() - before).isBetween(24, 90);
        authority.says(YES);
        steps.advance(Backoff.WAIT_MAX);
        steps.advance(Backoff.WAIT_MAX);
        assertThat(journal.questions(null, 30)).isEmpty();
        assertThat(health.breaker()).isZero();
    }

    @Test
    void a_live_question_stays_ahead_of_the_backlog_after_an_outage() {
        for (int i = 0; i < 300; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        perSecond = 1;
        authority.says(NOTHING);
        Asker asker = start();
        steps.advance(Duration.ofMinutes(5));
        Question live = given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        asker.committed(CLINIC, List.of(live), true);
        steps.settle();
        authority.says(YES);
        int before = authority.asked.size();

        steps.advance(Duration.ofSeconds(5));

        assertThat(authority.asked.subList(before, authority.asked.size())).startsWith(live.check());
    }

    @Test
    void what_comes_during_a_pass_is_put_in_its_place() {
        perSecond = 1;
        for (int i = 0; i < 30; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.REPEAT);
        }
        authority.says(YES);
        Asker asker = start();
        Question closing = given(sample.card(sample.ids.patient(), TODAY.minusMonths(1)), VisitKind.INITIAL);
        asker.committed(CLINIC, List.of(closing), false);
        int before = authority.asked.size();

        steps.advance(Duration.ofMinutes(1));

        assertThat(authority.asked.get(before)).isEqualTo(closing.check());
        assertThat(authority.asked).hasSize(31).doesNotHaveDuplicates();
    }

    @Test
    void a_question_that_was_live_is_not_asked_again_by_the_pass_that_saw_it() {
        perSecond = 2;
        Question first = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        Question second = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        Question third = given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        authority.says(NO);
        Asker asker = start();

        asker.committed(CLINIC, List.of(third), true);
        steps.advance(Duration.ofMinutes(1));

        assertThat(authority.asked).containsExactly(first.check(), third.check(), second.check());
    }

    @Test
    void P8_more_questions_without_an_answer_than_can_be_remembered_are_asked_again() {
        perSecond = 20_000;
        int count = Patience.QUESTIONS_MAX + 500;
        for (int i = 0; i < count; i++) {
            given(sample.card(sample.ids.patient(), TODAY), VisitKind.INITIAL);
        }
        authority.says(new AuthorityResult.NoAnswer(Cause.PROCESSING));
        start();
        steps.advance(Duration.ofSeconds(2));
        authority.says(YES);

        steps.advance(Backoff.WAIT_MAX.multipliedBy(2));

        assertThat(journal.questions(null, 9)).isEmpty();
    }
}
