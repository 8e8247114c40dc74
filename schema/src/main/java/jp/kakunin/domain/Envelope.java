package jp.kakunin.domain;

import java.time.Instant;

/// What every fact has. `capturedAt` describes, it never orders; a fact never changes its month.
public record Envelope(
        FactId id,
        InstitutionCode clinic,
        PatientId patient,
        TreatmentMonth month,
        Instant capturedAt,
        boolean clockDoubtful) {}
