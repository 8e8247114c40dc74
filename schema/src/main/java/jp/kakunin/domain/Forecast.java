package jp.kakunin.domain;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// What is to be expected of a visit that is still open when its claim is filed.
public enum Forecast {
    /// Nothing must happen any more: confirmed or attested.
    SAFE,
    IN_TIME,
    WILL_MISS;

    /// What has been open for n days is as likely as not still open after n more: patients come back soon or late,
    /// and an authority that has been silent for long stays silent for long. So it will miss the filing day when it
    /// has been open longer than there is time left.
    public static Forecast of(boolean open, LocalDate treatmentDate, LocalDate today, int filingDay) {
        if (!open) {
            return SAFE;
        }
        LocalDate filing = TreatmentMonth.of(treatmentDate).filing(filingDay);
        long openDays = treatmentDate.until(today, ChronoUnit.DAYS);
        return today.isAfter(filing) || today.plusDays(openDays).isAfter(filing) ? WILL_MISS : IN_TIME;
    }
}
