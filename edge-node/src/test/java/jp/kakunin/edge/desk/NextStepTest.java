package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Notice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class NextStepTest {
    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "INITIAL, CONFIRMED, BEFORE_DUE, NOTHING",
        "INITIAL, WAITING, BEFORE_DUE, ANSWER_COMES",
        "INITIAL, DEFERRED, BEFORE_DUE, CONFIRM_BY_DUE",
        "INITIAL, DEFERRED, OVERDUE, CONFIRM_BEFORE_FILING",
        "INITIAL, DEFERRED, FILING_MISSED, CONFIRM_AT_ONCE",
        "INITIAL, DEFERRED, CLOSED, MONTH_CLOSED",
        "REPEAT, DEFERRED, NOT_OWED, TAP_NEXT_TIME",
        "REPEAT, ATTESTED, NOT_OWED, TAP_NEXT_TIME",
        "INITIAL, REFUSED, BEFORE_DUE, SHOW_DOCUMENT",
        "INITIAL, CONTESTED, BEFORE_DUE, CLEAR_UP",
        "INITIAL, CONTESTED, OVERDUE, CLEAR_UP",
        "REPEAT, CONTESTED, NOT_OWED, CLEAR_UP",
        "INITIAL, CONTESTED, FILING_MISSED, CLEAR_UP_FILED",
    })
    void follows_from_the_standing(VisitKind kind, String standing, DueState due, NextStep step) {
        assertThat(step(kind, standing(standing), Set.of(), null, due)).isEqualTo(step);
    }

    /// Of a first visit that was refused, each way of saying no has its own remedy.
    @Test
    void a_refused_first_visit_is_told_what_helps() {
        Standing refused = new Standing.Refused();

        assertThat(refused(new Answer.Invalid(null))).isEqualTo(NextStep.SHOW_DOCUMENT);
        assertThat(refused(new Answer.InvalidNewerExists(null))).isEqualTo(NextStep.SHOW_NEW_CERTIFICATE);
        assertThat(refused(new Answer.NotFound())).isEqualTo(NextStep.ASK_INSURER);
        assertThat(refused(new Answer.Several())).isEqualTo(NextStep.SAY_WHICH);
        assertThat(step(VisitKind.INITIAL, refused, Set.of(), null, DueState.CLOSED))
                .isEqualTo(NextStep.MONTH_CLOSED);
    }

    @ParameterizedTest
    @EnumSource(VisitKind.class)
    void the_previous_insurer_is_needed_when_nothing_covers_the_day(VisitKind kind) {
        for (String standing : new String[] {"DEFERRED", "WAITING", "REFUSED", "ATTESTED"}) {
            assertThat(step(
                            kind,
                            standing(standing),
                            Set.of(Notice.PREVIOUS_INSURER_NEEDED),
                            null,
                            DueState.BEFORE_DUE))
                    .as(standing)
                    .isEqualTo(NextStep.PREVIOUS_INSURER);
        }
    }

    /// CONTESTED is told before the claim is filed, in both languages, and what to do about it.
    @Test
    void a_contested_visit_warns_before_the_claim_is_filed() {
        assertThat(Texts.in(Language.JA).text(NextStep.CLEAR_UP.key())).contains("申請の前");
        assertThat(Texts.in(Language.EN).text(NextStep.CLEAR_UP.key())).contains("before you file the claim");
        assertThat(Texts.in(Language.JA).text(NextStep.CLEAR_UP_FILED.key())).contains("訂正", "取り下げ");
        assertThat(Texts.in(Language.EN).text(NextStep.CLEAR_UP_FILED.key())).contains("correct or withdraw the claim");
    }

    private static NextStep refused(Answer said) {
        return step(VisitKind.INITIAL, new Standing.Refused(), Set.of(), said, DueState.BEFORE_DUE);
    }

    private static NextStep step(
            VisitKind kind, Standing standing, Set<Notice> notices, @Nullable Answer said, DueState due) {
        var visit = new VisitStanding(
                new VisitId(new UUID(1, 1)),
                new PatientId(new UUID(2, 2)),
                kind,
                LocalDate.of(2026, 11, 5),
                standing,
                null,
                notices);
        return NextStep.of(visit, said, due, due == DueState.FILING_MISSED, true);
    }

    private static Standing standing(String word) {
        return switch (word) {
            case "CONFIRMED" -> new Standing.Confirmed(Standing.By.CARD);
            case "ATTESTED" -> new Standing.Attested(new Evidence.Basis.OwnRecord());
            case "WAITING" -> new Standing.Waiting();
            case "DEFERRED" -> new Standing.Deferred();
            case "REFUSED" -> new Standing.Refused();
            default -> new Standing.Contested();
        };
    }
}
