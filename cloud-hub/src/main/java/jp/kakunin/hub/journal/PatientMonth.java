package jp.kakunin.hub.journal;

import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;

/// The unit of decision: one patient at one clinic in one treatment month.
public record PatientMonth(InstitutionCode clinic, TreatmentMonth month, PatientId patient) {
    public static PatientMonth of(Envelope envelope) {
        return new PatientMonth(envelope.clinic(), envelope.month(), envelope.patient());
    }
}
