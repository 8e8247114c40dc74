package jp.kakunin.edge.desk;

import java.util.Locale;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Notice;
import org.jspecify.annotations.Nullable;

/// What the staff do next about a visit.
enum NextStep {
    NOTHING,
    ANSWER_COMES,
    ANSWER_WHEN_LINE,
    CONFIRM_BY_DUE,
    CONFIRM_BEFORE_FILING,
    CONFIRM_AT_ONCE,
    TAP_AGAIN,
    TAP_NEXT_TIME,
    SHOW_DOCUMENT,
    SHOW_NEW_CERTIFICATE,
    ASK_INSURER,
    SAY_WHICH,
    CLEAR_UP,
    CLEAR_UP_FILED,
    PREVIOUS_INSURER,
    MONTH_CLOSED;

    /// @param said what the authority said of a refused visit
    /// @param filed the day on which the claim is filed has passed
    static NextStep of(VisitStanding visit, @Nullable Answer said, DueState due, boolean filed, boolean connected) {
        if (due == DueState.CLOSED) {
            return MONTH_CLOSED;
        }
        // Also of an attested visit: reading the card again would name the new insurer again.
        if (visit.notices().contains(Notice.PREVIOUS_INSURER_NEEDED)) {
            return PREVIOUS_INSURER;
        }
        return switch (visit.standing()) {
            case Standing.Confirmed _ -> NOTHING;
            case Standing.Attested _ -> TAP_NEXT_TIME;
            case Standing.Waiting _ -> connected ? ANSWER_COMES : ANSWER_WHEN_LINE;
            case Standing.Deferred _ -> deferred(visit, due);
            case Standing.Refused _ -> refused(said);
            case Standing.Contested _ -> filed ? CLEAR_UP_FILED : CLEAR_UP;
        };
    }

    private static NextStep deferred(VisitStanding visit, DueState due) {
        boolean late = due == DueState.OVERDUE || due == DueState.FILING_MISSED;
        if (!late && visit.notices().contains(Notice.CARD_EVIDENCE_UNUSABLE)) {
            return TAP_AGAIN;
        }
        return visit.kind() == VisitKind.REPEAT ? TAP_NEXT_TIME : confirm(due);
    }

    private static NextStep refused(@Nullable Answer said) {
        return switch (said) {
            case Answer.InvalidNewerExists _ -> SHOW_NEW_CERTIFICATE;
            case Answer.NotFound _ -> ASK_INSURER;
            case Answer.Several _ -> SAY_WHICH;
            case null, default -> SHOW_DOCUMENT;
        };
    }

    private static NextStep confirm(DueState due) {
        return switch (due) {
            case NOT_OWED, BEFORE_DUE -> CONFIRM_BY_DUE;
            case OVERDUE -> CONFIRM_BEFORE_FILING;
            case FILING_MISSED -> CONFIRM_AT_ONCE;
            case CLOSED -> MONTH_CLOSED;
        };
    }

    String key() {
        return "next." + name().toLowerCase(Locale.ROOT);
    }
}
