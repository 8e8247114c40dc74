package jp.kakunin.edge.desk;

import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;

/// Gives new facts their id and time.
final class Envelopes {
    private final EdgeFacts edge;
    private final IdSource ids;

    Envelopes(EdgeFacts edge, IdSource ids) {
        this.edge = edge;
        this.ids = ids;
    }

    Envelope of(InstitutionCode clinic, PatientId patient, TreatmentMonth month) {
        return new Envelope(ids.fact(), clinic, patient, month, edge.now(), edge.isClockDoubtful());
    }

    /// A withdrawal lives and dies in the month of what it takes back.
    Envelope beside(Fact target) {
        return target.envelope().beside(ids.fact(), edge.now(), edge.isClockDoubtful());
    }

    /// The same join once more under a newer month, so that it is not forgotten with the old one.
    Fact.PatientsJoined carriedOver(Fact.PatientsJoined join, TreatmentMonth month) {
        return new Fact.PatientsJoined(of(join.envelope().clinic(), join.a(), month), join.a(), join.b());
    }
}
