package jp.kakunin.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What every fact has. `capturedAt` describes, it never orders; a fact never changes its month.
public record Envelope(
        FactId id,
        InstitutionCode clinic,
        PatientId patient,
        TreatmentMonth month,
        Instant capturedAt,
        boolean clockDoubtful) {

    /// Milliseconds are what disk and wire keep: a fact must not change by being read back.
    public Envelope {
        capturedAt = capturedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /// The envelope of another fact about the same patient-month, such as an answer to this one or its withdrawal.
    public Envelope beside(FactId other, Instant otherCapturedAt, boolean otherClockDoubtful) {
        return new Envelope(other, clinic, patient, month, otherCapturedAt, otherClockDoubtful);
    }

    boolean isSamePatientMonthAs(Envelope other) {
        return clinic.equals(other.clinic) && patient.equals(other.patient) && month.equals(other.month);
    }
}
