package jp.kakunin.hub.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.proof.ProofNumbers;

/// Facts of clinics and patients that do not exist, at noon of 20 November 2026 in Japan. Whatever a test sets,
/// matters.
public final class Sample {
    public static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    public static final InstitutionCode OTHER_CLINIC = new InstitutionCode("1390000029");
    public static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");
    public static final LocalDate TODAY = TreatmentMonth.dateAt(NOW);
    public static final TreatmentMonth MONTH = TreatmentMonth.of(TODAY);
    public static final AnswerSeal SEAL =
            new AnswerSeal("a key for tests, 32 bytes long..".getBytes(StandardCharsets.UTF_8));
    public static final ProofNumbers NUMBERS =
            new ProofNumbers("another key for tests, 32 bytes.".getBytes(StandardCharsets.UTF_8), new Random(5));
    public static final byte[] EVIDENCE = "sealed card evidence".getBytes(StandardCharsets.UTF_8);

    public final IdSource ids;

    public Sample(long seed) {
        ids = new IdSource(() -> NOW, new Random(seed));
    }

    public Envelope envelope(PatientId patient, LocalDate date) {
        return new Envelope(ids.fact(), CLINIC, patient, TreatmentMonth.of(date), NOW, false);
    }

    /// A first visit with a card; the evidence travels as [#EVIDENCE].
    public Fact.CheckRecorded card(PatientId patient, LocalDate date) {
        Evidence card = new Evidence.Card(Evidence.Verification.PIN, Digest.of(EVIDENCE));
        return check(envelope(patient, date), VisitKind.INITIAL, date, card);
    }

    /// A first visit without any evidence.
    public Fact.CheckRecorded deferred(PatientId patient, LocalDate date) {
        return check(envelope(patient, date), VisitKind.INITIAL, date, new Evidence.None(Evidence.Reason.NO_CARD));
    }

    public Fact.CheckRecorded deferredAt(InstitutionCode clinic, PatientId patient, LocalDate date) {
        Envelope envelope = new Envelope(ids.fact(), clinic, patient, TreatmentMonth.of(date), NOW, false);
        return check(envelope, VisitKind.INITIAL, date, new Evidence.None(Evidence.Reason.NO_CARD));
    }

    public Fact.CheckRecorded doubtful(PatientId patient, LocalDate date) {
        Envelope envelope = new Envelope(ids.fact(), CLINIC, patient, TreatmentMonth.of(date), NOW, true);
        return check(envelope, VisitKind.INITIAL, date, new Evidence.None(Evidence.Reason.NO_CARD));
    }

    public Fact.PatientsJoined join(PatientId a, PatientId b, LocalDate date) {
        return new Fact.PatientsJoined(envelope(a, date), a, b);
    }

    public Fact.FactWithdrawn withdraw(Fact target) {
        Envelope envelope = target.envelope().beside(ids.fact(), NOW, false);
        return new Fact.FactWithdrawn(envelope, target.id(), Fact.WithdrawalReason.MISTAKE);
    }

    public Fact.AnswerReceived answer(Fact.CheckRecorded check, Answer answer) {
        return SEAL.seal(new Fact.AnswerReceived(
                check.envelope().beside(ids.fact(), NOW, false),
                check.check(),
                check.treatmentDate(),
                NOW,
                answer,
                NUMBERS.give(CLINIC, check.treatmentDate(), answer.outcome()),
                Digest.ZERO));
    }

    public List<Fact> references(PatientId patient, int count) {
        return IntStream.range(0, count)
                .<Fact>mapToObj(i -> new Fact.ReferenceSet(envelope(patient, TODAY), "reference " + i))
                .toList();
    }

    public static Answer.Valid valid() {
        return new Answer.Valid(coverage(), new Insured("見本　花子", "ミホン　ハナコ", LocalDate.of(1985, 4, 12)));
    }

    public static Coverage coverage() {
        return new Coverage(
                InsurerNumber.ofBody("0113901"), "90010001", "101", "00", 30, LocalDate.of(2019, 4, 1), null);
    }

    private Fact.CheckRecorded check(Envelope envelope, VisitKind kind, LocalDate date, Evidence evidence) {
        return new Fact.CheckRecorded(envelope, ids.visit(), ids.check(), kind, date, evidence, null, null, null, null);
    }

    /// The same check under another fact id and patient: one visit recorded twice.
    public Fact.CheckRecorded sameVisit(Fact.CheckRecorded as, PatientId patient, Evidence evidence) {
        FactId id = ids.fact();
        CheckId check = ids.check();
        Envelope of = as.envelope();
        return new Fact.CheckRecorded(
                new Envelope(id, of.clinic(), patient, of.month(), NOW, false),
                as.visit(),
                check,
                as.kind(),
                as.treatmentDate(),
                evidence,
                null,
                null,
                null,
                null);
    }
}
