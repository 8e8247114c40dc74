package jp.kakunin.edge.desk;

import java.time.LocalDate;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import org.jspecify.annotations.Nullable;

/// What the tap panel shows: from the empty reader to the answer.
sealed interface Tap {
    /// @param triesLeft of the card taken away just now, when its PIN was not accepted; else less than 0
    record NoCard(ReaderState reader, int triesLeft) implements Tap {
        NoCard(ReaderState reader) {
            this(reader, -1);
        }
    }

    /// A card was put down; it is being asked how many tries are left.
    record Looking() implements Tap {}

    record Ready(
            int triesLeft,
            @Nullable LocalDate certificateBegins,
            @Nullable LocalDate certificateEnds) implements Tap {}

    /// The card must stay where it is.
    record Reading() implements Tap {}

    /// The check is on disk; what is shown of the answer follows from the visit.
    ///
    /// @param fact what takes it back withdraws, whatever else was recorded for the visit since
    /// @param also what the same tap recorded for the other clinic of the site
    record Recorded(
            InstitutionCode clinic,
            TreatmentMonth month,
            VisitId visit,
            CheckId check,
            FactId fact,
            Asking asking,
            @Nullable Also also)
            implements Tap {}

    /// @param visit of the other clinic, which no rule connects with the first
    record Also(InstitutionCode clinic, VisitId visit, FactId fact) {}

    record WrongPin(int triesLeft) implements Tap {}

    record PinBlocked() implements Tap {}

    record LastTry() implements Tap {}

    record Unreadable(ReaderFault fault, String detail) implements Tap {}

    record NotRecorded(Problem problem) implements Tap {}

    /// Three things that never mix: an answer, no answer, and could not ask.
    enum Asking {
        ASKED,
        NO_ANSWER,
        COULD_NOT_ASK,
        ANSWERED
    }
}
