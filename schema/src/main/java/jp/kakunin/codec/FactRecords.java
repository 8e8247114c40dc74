package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.date;
import static jp.kakunin.codec.Atoms.day;
import static jp.kakunin.codec.Atoms.digest;
import static jp.kakunin.codec.Atoms.hash;
import static jp.kakunin.codec.Atoms.id;
import static jp.kakunin.codec.Atoms.twin;
import static jp.kakunin.codec.Atoms.uuid;

import java.time.Instant;
import jp.kakunin.avro.AnswerReceivedRecord;
import jp.kakunin.avro.CheckRecordedRecord;
import jp.kakunin.avro.EvidenceFlawRecord;
import jp.kakunin.avro.EvidenceFoundUnusableRecord;
import jp.kakunin.avro.FactRecord;
import jp.kakunin.avro.FactWithdrawnRecord;
import jp.kakunin.avro.Id;
import jp.kakunin.avro.KindRecord;
import jp.kakunin.avro.PatientsJoinedRecord;
import jp.kakunin.avro.ProofCode;
import jp.kakunin.avro.QuarantineRecord;
import jp.kakunin.avro.QuarantinedRecord;
import jp.kakunin.avro.ReferenceSetRecord;
import jp.kakunin.avro.WithdrawalRecord;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.AnswerReceived;
import jp.kakunin.domain.Fact.CheckRecorded;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Fact.EvidenceFoundUnusable;
import jp.kakunin.domain.Fact.FactWithdrawn;
import jp.kakunin.domain.Fact.PatientsJoined;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Fact.Quarantined;
import jp.kakunin.domain.Fact.ReferenceSet;
import jp.kakunin.domain.Fact.WithdrawalReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Facts to generated records and back.
final class FactRecords {
    private FactRecords() {}

    static FactRecord record(Fact fact) {
        Envelope envelope = fact.envelope();
        return new FactRecord(
                id(envelope.id().value()),
                envelope.clinic().digits(),
                id(envelope.patient().value()),
                envelope.month().index(),
                envelope.capturedAt().toEpochMilli(),
                envelope.clockDoubtful(),
                body(fact));
    }

    static Fact fact(FactRecord record) {
        var envelope = new Envelope(
                new FactId(uuid(record.getId())),
                new InstitutionCode(record.getClinic()),
                new PatientId(uuid(record.getPatient())),
                TreatmentMonth.ofIndex(record.getMonth()),
                Instant.ofEpochMilli(record.getCapturedAt()),
                record.getClockDoubtful());
        return switch (record.getBody()) {
            case CheckRecordedRecord body -> check(envelope, body);
            case PatientsJoinedRecord body ->
                new PatientsJoined(envelope, new PatientId(uuid(body.getA())), new PatientId(uuid(body.getB())));
            case ReferenceSetRecord body -> new ReferenceSet(envelope, body.getReference());
            case FactWithdrawnRecord body ->
                new FactWithdrawn(
                        envelope, new FactId(uuid(body.getFact())), twin(WithdrawalReason.class, body.getReason()));
            case AnswerReceivedRecord body -> answer(envelope, body);
            case EvidenceFoundUnusableRecord body ->
                new EvidenceFoundUnusable(
                        envelope,
                        new CheckId(uuid(body.getCheck())),
                        twin(EvidenceFlaw.class, body.getFlaw()),
                        digest(body.getSeal()));
            case QuarantinedRecord body ->
                new Quarantined(envelope, digest(body.getContent()), twin(QuarantineReason.class, body.getReason()));
            default -> throw new IllegalStateException("the union of facts has a kind that FactRecords does not know");
        };
    }

    private static SpecificRecord body(Fact fact) {
        return switch (fact) {
            case CheckRecorded check -> check(check);
            case PatientsJoined joined ->
                new PatientsJoinedRecord(id(joined.a().value()), id(joined.b().value()));
            case ReferenceSet set -> new ReferenceSetRecord(set.reference());
            case FactWithdrawn withdrawn ->
                new FactWithdrawnRecord(id(withdrawn.fact().value()), twin(WithdrawalRecord.class, withdrawn.reason()));
            case AnswerReceived answer -> answer(answer);
            case EvidenceFoundUnusable unusable ->
                new EvidenceFoundUnusableRecord(
                        id(unusable.check().value()),
                        twin(EvidenceFlawRecord.class, unusable.flaw()),
                        hash(unusable.seal()));
            case Quarantined quarantined ->
                new QuarantinedRecord(hash(quarantined.content()), twin(QuarantineRecord.class, quarantined.reason()));
        };
    }

    private static CheckRecordedRecord check(CheckRecorded check) {
        return new CheckRecordedRecord(
                id(check.visit().value()),
                id(check.check().value()),
                twin(KindRecord.class, check.kind()),
                day(check.treatmentDate()),
                EvidenceRecords.record(check.evidence()),
                check.patientName(),
                checkId(check.despite()),
                check.copayCharged(),
                checkId(check.replaces()));
    }

    private static CheckRecorded check(Envelope envelope, CheckRecordedRecord record) {
        return new CheckRecorded(
                envelope,
                new VisitId(uuid(record.getVisit())),
                new CheckId(uuid(record.getCheck())),
                twin(VisitKind.class, record.getKind()),
                date(record.getTreatmentDate()),
                EvidenceRecords.evidence(record.getEvidence()),
                record.getPatientName(),
                checkId(record.getDespite()),
                record.getCopayCharged(),
                checkId(record.getReplaces()));
    }

    private static AnswerReceivedRecord answer(AnswerReceived answer) {
        return new AnswerReceivedRecord(
                id(answer.check().value()),
                day(answer.asOf()),
                answer.answeredAt().toEpochMilli(),
                AnswerRecords.kind(answer.answer()),
                AnswerRecords.coverage(answer.answer()),
                AnswerRecords.insured(answer.answer()),
                AnswerRecords.particulars(answer.answer()),
                new ProofCode(answer.number().bytes()),
                hash(answer.seal()));
    }

    private static AnswerReceived answer(Envelope envelope, AnswerReceivedRecord record) {
        return new AnswerReceived(
                envelope,
                new CheckId(uuid(record.getCheck())),
                date(record.getAsOf()),
                Instant.ofEpochMilli(record.getAnsweredAt()),
                AnswerRecords.answer(record),
                ProofNumber.fromBytes(record.getNumber().bytes()),
                digest(record.getSeal()));
    }

    private static @Nullable Id checkId(@Nullable CheckId check) {
        return check == null ? null : id(check.value());
    }

    private static @Nullable CheckId checkId(@Nullable Id check) {
        return check == null ? null : new CheckId(uuid(check));
    }
}
