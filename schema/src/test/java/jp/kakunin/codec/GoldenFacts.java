package jp.kakunin.codec;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Evidence.Basis;
import jp.kakunin.domain.Evidence.DocumentKind;
import jp.kakunin.domain.Evidence.Reason;
import jp.kakunin.domain.Evidence.Verification;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Fact.WithdrawalReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;

/// One fact of each kind, made up.
final class GoldenFacts {
    static final InstitutionCode CLINIC = new InstitutionCode("1390000011");
    static final TreatmentMonth NOVEMBER = TreatmentMonth.of(2026, 11);
    static final LocalDate DAY = LocalDate.of(2026, 11, 3);
    static final Instant MORNING = Instant.parse("2026-11-03T00:30:15.250Z");
    static final CheckId CHECK = new CheckId(id(3));
    static final ProofNumber NUMBER = new ProofNumber(0x01020304, 0x05060708_09L);
    static final CheckId EARLIER = new CheckId(id(4));
    static final PatientId PATIENT = new PatientId(id(5));
    static final VisitId VISIT = new VisitId(id(2));
    static final Insured HANAKO = new Insured("試験 花子", "シケン ハナコ", LocalDate.of(1980, 1, 1));
    static final Coverage COVERAGE = new Coverage(
            InsurerNumber.ofBody("0600000"), "１２", "３４５６", "01", 30, LocalDate.of(2026, 4, 1), DAY.plusDays(9));
    static final Particulars PARTICULARS = new Particulars(
            "100-0000", "見本県見本市一丁目", "試験組合", "試験 太郎", Particulars.Relation.FAMILY, Particulars.Sex.FEMALE, true, 20);
    static final CardAttachment ATTACHMENT =
            new CardAttachment(CHECK, new byte[] {0x30, 0x01, 0x02}, new byte[] {7, 8});

    static final Map<String, Fact> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("check-card", check(new Evidence.Card(Verification.PIN, digest(1)))),
            Map.entry(
                    "check-document",
                    check(new Evidence.Document(DocumentKind.ELIGIBILITY_NOTICE, COVERAGE, Reason.READER_FAULT))),
            Map.entry(
                    "check-oral-shown",
                    check(new Evidence.Oral(new Basis.Shown(EARLIER, DAY, COVERAGE.digest()), Reason.NO_CARD))),
            Map.entry("check-oral-own-record", check(new Evidence.Oral(new Basis.OwnRecord(), Reason.OTHER))),
            Map.entry("check-none", walkIn()),
            Map.entry("joined", new Fact.PatientsJoined(envelope(), PATIENT, new PatientId(id(6)))),
            Map.entry("reference", new Fact.ReferenceSet(envelope(), "A-0042")),
            Map.entry(
                    "withdrawn", new Fact.FactWithdrawn(envelope(), new FactId(id(7)), WithdrawalReason.WRONG_PATIENT)),
            Map.entry("answer-valid", answer(new Answer.Valid(COVERAGE, HANAKO))),
            Map.entry("answer-valid-particulars", answer(new Answer.Valid(COVERAGE, HANAKO, PARTICULARS))),
            Map.entry("answer-invalid", answer(new Answer.Invalid(null))),
            Map.entry("answer-invalid-newer", answer(new Answer.InvalidNewerExists(COVERAGE))),
            Map.entry("answer-not-found", answer(new Answer.NotFound())),
            Map.entry("answer-several", answer(new Answer.Several())),
            Map.entry("answer-unregistered", answer(new Answer.ValidUnregistered())),
            Map.entry(
                    "evidence-unusable",
                    new Fact.EvidenceFoundUnusable(envelope(), CHECK, EvidenceFlaw.SIGNATURE_WRONG, digest(4))),
            Map.entry("quarantined", new Fact.Quarantined(envelope(), digest(2), QuarantineReason.CLOCK_DOUBTFUL))));

    private GoldenFacts() {}

    static UUID id(int number) {
        return new UUID(0x0198_0000_0000_7000L + number, 0x8000_0000_0000_0000L);
    }

    static Digest digest(int number) {
        return Digest.of(new byte[] {(byte) number});
    }

    private static Envelope envelope() {
        return new Envelope(new FactId(id(1)), CLINIC, PATIENT, NOVEMBER, MORNING, false);
    }

    private static Fact check(Evidence evidence) {
        return new Fact.CheckRecorded(
                envelope(), VISIT, CHECK, VisitKind.INITIAL, DAY, evidence, null, EARLIER, 30, EARLIER);
    }

    private static Fact walkIn() {
        var envelope = new Envelope(new FactId(id(1)), CLINIC, PATIENT, NOVEMBER, MORNING, true);
        var none = new Evidence.None(Reason.CARD_FAULT);
        return new Fact.CheckRecorded(envelope, VISIT, CHECK, VisitKind.REPEAT, DAY, none, "シケン タロウ", null, null, null);
    }

    private static Fact answer(Answer answer) {
        return new Fact.AnswerReceived(envelope(), CHECK, DAY, MORNING.plusMillis(1), answer, NUMBER, digest(3));
    }
}
