package jp.kakunin.edge.receipt;

import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;

/// Gives references their id and time.
final class Filing {
    private final ReceiptFacts facts;
    private final IdSource ids;

    Filing(ReceiptFacts facts, IdSource ids) {
        this.facts = facts;
        this.ids = ids;
    }

    Fact.ReferenceSet reference(InstitutionCode clinic, PatientId patient, TreatmentMonth month, String reference) {
        return new Fact.ReferenceSet(
                new Envelope(ids.fact(), clinic, patient, month, facts.now(), facts.isClockDoubtful()), reference);
    }
}
