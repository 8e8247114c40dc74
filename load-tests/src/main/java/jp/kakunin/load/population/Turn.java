package jp.kakunin.load.population;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import jp.kakunin.domain.TreatmentMonth;

/// A midnight in Japan that falls into the run. Hub, edges and facts live by a clock that is ahead of the machine's by
/// as much as it takes; it runs at its ordinary speed and never leaps.
///
/// @param at since the load began
public record Turn(Into into, Duration at) {
    public enum Into {
        /// The day before the last of the month: what is due then is shown as urgent.
        LAST_CALL,
        /// The first of a month: the month before last is forgotten.
        NEXT_MONTH
    }

    /// The first such midnight after that time.
    public Instant after(Instant now) {
        TreatmentMonth month = TreatmentMonth.at(now);
        Instant midnight = midnight(month);
        return midnight.isAfter(now) ? midnight : midnight(month.next());
    }

    private Instant midnight(TreatmentMonth month) {
        LocalDate day = switch (into) {
            case LAST_CALL -> month.due().minusDays(1);
            case NEXT_MONTH -> month.due().plusDays(1);
        };
        return day.atStartOfDay(TreatmentMonth.JAPAN).toInstant();
    }
}
