package jp.kakunin.hub.proof;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;

/// What may outlive the month of an answered check: the hour, how the authority was asked, what it came to, and the
/// number. Neither clinic nor patient, and no finer time: the minutes would find the patient in an appointment book.
record AuditStub(Instant hour, Method method, Answer.Outcome outcome, ProofNumber number) {
    enum Method {
        CARD_PIN,
        CARD_VISUAL,
        NUMBER;

        static Method of(Evidence evidence) {
            return switch (evidence) {
                case Evidence.Card(var verification, var _) ->
                    switch (verification) {
                        case PIN -> CARD_PIN;
                        case VISUAL -> CARD_VISUAL;
                    };
                case Evidence.Document _, Evidence.Oral _, Evidence.None _ -> NUMBER;
            };
        }
    }

    AuditStub {
        hour = hour.truncatedTo(ChronoUnit.HOURS);
    }

    /// `2026-11-20T12,CARD_PIN,VALID,…`: the hour in Japan.
    String line() {
        String shown =
                hour.atZone(TreatmentMonth.JAPAN).toLocalDateTime().toString().substring(0, "2026-11-20T12".length());
        return String.join(",", shown, method.name(), outcome.name(), number.toString());
    }
}
