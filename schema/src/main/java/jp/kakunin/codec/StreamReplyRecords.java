package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.id;
import static jp.kakunin.codec.Atoms.twin;
import static jp.kakunin.codec.Atoms.uuid;

import java.util.List;
import jp.kakunin.avro.AcknowledgedRecord;
import jp.kakunin.avro.GrantRecord;
import jp.kakunin.avro.OutcomeRecord;
import jp.kakunin.avro.QuarantineRecord;
import jp.kakunin.avro.RefusalRecord;
import jp.kakunin.avro.RefusedRecord;
import jp.kakunin.avro.RemarkRecord;
import jp.kakunin.avro.ResumeRecord;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Acknowledged;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Refused;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.StreamReply.Resume;
import org.apache.avro.specific.SpecificRecord;

/// What became of a batch, to generated records and back.
final class StreamReplyRecords {
    private StreamReplyRecords() {}

    static Object record(StreamReply reply) {
        String clinic = reply.clinic().digits();
        var epoch = id(reply.epoch().value());
        SpecificRecord record = switch (reply) {
            case Acknowledged yes ->
                new AcknowledgedRecord(
                        clinic,
                        epoch,
                        PositionRecords.record(yes.position()),
                        grant(yes.grant()),
                        PositionRecords.record(yes.tally()),
                        records(yes.remarks()));
            case Resume resume ->
                new ResumeRecord(
                        clinic,
                        epoch,
                        PositionRecords.record(resume.position()),
                        grant(resume.grant()),
                        records(resume.remarks()));
            case Refused no -> new RefusedRecord(clinic, epoch, twin(RefusalRecord.class, no.refusal()));
        };
        return record;
    }

    static StreamReply reply(Object record) {
        return switch (record) {
            case AcknowledgedRecord yes ->
                new Acknowledged(
                        new InstitutionCode(yes.getClinic()),
                        new Epoch(uuid(yes.getEpoch())),
                        PositionRecords.position(yes.getPosition()),
                        grant(yes.getGrant()),
                        PositionRecords.tally(yes.getTally()),
                        remarks(yes.getRemarks()));
            case ResumeRecord resume ->
                new Resume(
                        new InstitutionCode(resume.getClinic()),
                        new Epoch(uuid(resume.getEpoch())),
                        PositionRecords.position(resume.getPosition()),
                        grant(resume.getGrant()),
                        remarks(resume.getRemarks()));
            case RefusedRecord no ->
                new Refused(
                        new InstitutionCode(no.getClinic()),
                        new Epoch(uuid(no.getEpoch())),
                        twin(Refusal.class, no.getRefusal()));
            default -> throw new IllegalStateException("the union of stream replies has a kind that is not known here");
        };
    }

    private static GrantRecord grant(Grant grant) {
        return new GrantRecord(grant.facts(), grant.bytes());
    }

    private static Grant grant(GrantRecord record) {
        return new Grant(record.getFacts(), record.getBytes());
    }

    static List<RemarkRecord> records(List<Remark> remarks) {
        return remarks.stream().map(StreamReplyRecords::remark).toList();
    }

    static List<Remark> remarks(List<RemarkRecord> records) {
        return records.stream().map(StreamReplyRecords::remark).toList();
    }

    private static RemarkRecord remark(Remark remark) {
        var reason = remark.reason();
        return new RemarkRecord(
                remark.seq(),
                twin(OutcomeRecord.class, remark.outcome()),
                reason == null ? null : twin(QuarantineRecord.class, reason));
    }

    private static Remark remark(RemarkRecord record) {
        var reason = record.getReason();
        return new Remark(
                record.getSeq(),
                twin(Outcome.class, record.getOutcome()),
                reason == null ? null : twin(QuarantineReason.class, reason));
    }
}
