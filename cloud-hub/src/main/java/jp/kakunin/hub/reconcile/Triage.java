package jp.kakunin.hub.reconcile;

import java.time.LocalDate;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.hub.journal.PatientMonth;

/// Sorts sent facts: the first rule that applies decides.
final class Triage {
    /// Facts of one patient in one month. A month of treatment has a few dozen.
    static final int PATIENT_MONTH_FACTS_MAX = 2_000;

    private final ClinicView view;
    private final Sender.Trust trust;
    private final AnswerSeal seal;
    private final LocalDate lastDate;

    Triage(ClinicView view, Sender.Trust trust, AnswerSeal seal) {
        this.view = view;
        this.trust = trust;
        this.seal = seal;
        // One day of grace: the clock of an edge may be ahead at midnight.
        this.lastDate = TreatmentMonth.dateAt(view.now()).plusDays(1);
    }

    static Decoded decode(SentFact sent) {
        boolean fits = sent.fact().length <= Limits.FACT_BYTES_MAX
                && (sent.attachment() == null || sent.attachment().length <= Limits.ATTACHMENT_BYTES_MAX);
        return fits ? FactCodec.decode(sent.fact()) : new Decoded.Unreadable(QuarantineReason.TOO_LARGE);
    }

    Fate fate(Decoded decoded, PatientMonths patientMonths) {
        if (trust == Sender.Trust.NONE) {
            return new Fate.Refused();
        }
        return switch (decoded) {
            case Decoded.Unreadable(QuarantineReason reason) -> new Fate.Quarantined(reason);
            case Decoded.Known(Fact fact) -> fate(fact, patientMonths);
        };
    }

    private Fate fate(Fact fact, PatientMonths patientMonths) {
        TreatmentMonth month = fact.envelope().month();
        if (!fact.envelope().clinic().equals(view.clinic())) {
            return new Fate.Quarantined(QuarantineReason.WRONG_CLINIC);
        }
        if (fact instanceof Fact.Quarantined) {
            return new Fate.Quarantined(QuarantineReason.NOT_AN_EDGE_FACT);
        }
        if (fact instanceof Fact.Sealed said && !seal.verifies(said)) {
            return new Fate.Quarantined(QuarantineReason.FORGED_ANSWER);
        }
        if (isContradictory(fact)) {
            return new Fate.Quarantined(QuarantineReason.UNREADABLE);
        }
        if (isFuture(fact)) {
            return new Fate.Quarantined(QuarantineReason.FUTURE_DATE);
        }
        if (view.isClosed(month)) {
            // The date may be as wrong as the clock: what is not sure to be too late is kept for people to look at.
            return fact.envelope().clockDoubtful()
                    ? new Fate.Quarantined(QuarantineReason.CLOCK_DOUBTFUL)
                    : new Fate.Forgotten();
        }
        PatientMonth key = PatientMonth.of(fact.envelope());
        if (patientMonths.holds(key, fact.id())) {
            return new Fate.Held(fact);
        }
        if (trust == Sender.Trust.QUARANTINE) {
            return new Fate.Quarantined(QuarantineReason.DEVICE_REVOKED);
        }
        return patientMonths.factsIn(key) < PATIENT_MONTH_FACTS_MAX
                ? new Fate.Stored(fact)
                : new Fate.Quarantined(QuarantineReason.TOO_LARGE);
    }

    private boolean isFuture(Fact fact) {
        boolean datedLater = fact instanceof Fact.CheckRecorded check
                && check.treatmentDate().isAfter(lastDate);
        return datedLater || fact.envelope().month().compareTo(TreatmentMonth.of(lastDate)) > 0;
    }

    /// A check files itself under the month of its treatment, a join under its first patient.
    private static boolean isContradictory(Fact fact) {
        return switch (fact) {
            case Fact.CheckRecorded check -> !check.envelope().month().contains(check.treatmentDate());
            case Fact.PatientsJoined join -> !join.envelope().patient().equals(join.a());
            case Fact.ReferenceSet _, Fact.FactWithdrawn _, Fact.Sealed _, Fact.Quarantined _ -> false;
        };
    }
}
