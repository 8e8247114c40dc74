package jp.kakunin.edge.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;

/// Small facts for tests, told apart by a number.
public final class Facts {
    public static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    public static final InstitutionCode OTHER_CLINIC = new InstitutionCode("1390000029");
    public static final TreatmentMonth NOVEMBER = TreatmentMonth.of(2026, 11);
    public static final TreatmentMonth OCTOBER = TreatmentMonth.of(2026, 10);
    public static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");
    static final byte[] ATTACHMENT = {1, 2, 3};

    private Facts() {}

    /// A first visit with a card, in November.
    public static Fact.CheckRecorded check(int n) {
        return check(n, NOVEMBER, VisitKind.INITIAL, true);
    }

    public static Fact.CheckRecorded check(int n, TreatmentMonth month, VisitKind kind, boolean evidence) {
        return check(envelope(n, CLINIC, month, false), n, kind, evidence);
    }

    public static Fact.CheckRecorded check(Envelope envelope, int n, VisitKind kind, boolean evidence) {
        LocalDate date = envelope.month().value().atDay(15);
        Evidence shown = evidence
                ? new Evidence.Card(Evidence.Verification.PIN, Digest.of(ATTACHMENT))
                : new Evidence.None(Evidence.Reason.NO_CARD);
        return new Fact.CheckRecorded(
                envelope, new VisitId(id(2, n)), new CheckId(id(3, n)), kind, date, shown, null, null, null, null);
    }

    public static Fact.AnswerReceived answer(int n, int check) {
        Coverage coverage =
                new Coverage(new InsurerNumber("01130012"), "1", "2", "00", 30, LocalDate.of(2020, 4, 1), null);
        return new Fact.AnswerReceived(
                envelope(n, CLINIC, NOVEMBER, false),
                new CheckId(id(3, check)),
                LocalDate.of(2026, 11, 15),
                NOON,
                new Answer.Valid(coverage, new Insured("甲", "コウ", LocalDate.of(1970, 1, 1))),
                new ProofNumber(1, 2),
                Digest.ZERO);
    }

    public static Fact.EvidenceFoundUnusable unusable(int n, int check) {
        return new Fact.EvidenceFoundUnusable(
                envelope(n, CLINIC, NOVEMBER, false),
                new CheckId(id(3, check)),
                Fact.EvidenceFlaw.NOT_READABLE,
                Digest.ZERO);
    }

    static Fact.Quarantined quarantined(int n) {
        return new Fact.Quarantined(
                envelope(n, CLINIC, NOVEMBER, false), Digest.ZERO, Fact.QuarantineReason.UNREADABLE);
    }

    public static Envelope envelope(int n, InstitutionCode clinic, TreatmentMonth month, boolean clockDoubtful) {
        return new Envelope(
                new FactId(id(1, n)), clinic, new PatientId(id(4, n)), month, NOON.plusSeconds(n), clockDoubtful);
    }

    public static NewFact withCard(Fact fact) {
        return new NewFact(fact, ATTACHMENT, false);
    }

    public static NewFact live(Fact fact) {
        return new NewFact(fact, null, true);
    }

    public static NewFact later(Fact fact) {
        return new NewFact(fact, null, false);
    }

    private static UUID id(int kind, int n) {
        return new UUID((long) kind << 32 | n, 0x8000_0000_0000_0000L | n);
    }
}
