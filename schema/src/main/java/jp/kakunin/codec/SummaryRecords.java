package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.date;
import static jp.kakunin.codec.Atoms.day;
import static jp.kakunin.codec.Atoms.id;
import static jp.kakunin.codec.Atoms.twin;
import static jp.kakunin.codec.Atoms.uuid;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import jp.kakunin.avro.KindRecord;
import jp.kakunin.avro.NoticeRecord;
import jp.kakunin.avro.ProofCode;
import jp.kakunin.avro.ProofRecord;
import jp.kakunin.avro.SummaryRecord;
import jp.kakunin.avro.VisitStandingRecord;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Notice;
import jp.kakunin.domain.VisitStanding.Proof;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Summary;

/// Summaries to generated records and back.
final class SummaryRecords {
    private SummaryRecords() {}

    static SummaryRecord record(Summary summary) {
        return new SummaryRecord(
                summary.encoded().stream()
                        .map(fact -> ByteBuffer.wrap(fact.bytes()))
                        .toList(),
                summary.visits().stream().map(SummaryRecords::visit).toList());
    }

    static Summary summary(SummaryRecord record) {
        return new Summary(
                record.getFacts().stream().map(SummaryRecords::fact).toList(),
                record.getVisits().stream().map(SummaryRecords::visit).toList());
    }

    /// What its visits stand at, without making anything of its facts.
    static List<Standing> standings(SummaryRecord record) {
        return record.getVisits().stream()
                .map(visit -> StandingRecords.standing(visit.getStanding(), visit.getShown()))
                .toList();
    }

    private static EncodedFact fact(ByteBuffer buffer) {
        byte[] bytes = Atoms.bytes(buffer);
        return switch (FactCodec.decode(bytes)) {
            case Decoded.Known(Fact fact) -> new EncodedFact(fact, bytes);
            case Decoded.Unreadable(var reason) ->
                throw new IllegalArgumentException("every fact of a summary must be readable, one is " + reason);
        };
    }

    /// Notices go in their order, so that equal summaries are equal bytes.
    private static VisitStandingRecord visit(VisitStanding visit) {
        Proof proof = visit.proof();
        return new VisitStandingRecord(
                id(visit.visit().value()),
                id(visit.patient().value()),
                twin(KindRecord.class, visit.kind()),
                day(visit.treatmentDate()),
                StandingRecords.record(visit.standing()),
                StandingRecords.shown(visit.standing()),
                proof == null ? null : proof(proof),
                visit.notices().stream()
                        .sorted()
                        .map(notice -> twin(NoticeRecord.class, notice))
                        .toList());
    }

    private static VisitStanding visit(VisitStandingRecord record) {
        ProofRecord proof = record.getProof();
        return new VisitStanding(
                new VisitId(uuid(record.getVisit())),
                new PatientId(uuid(record.getPatient())),
                twin(VisitKind.class, record.getKind()),
                date(record.getTreatmentDate()),
                StandingRecords.standing(record.getStanding(), record.getShown()),
                proof == null ? null : proof(proof),
                record.getNotices().stream()
                        .map(notice -> twin(Notice.class, notice))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static ProofRecord proof(Proof proof) {
        return new ProofRecord(
                id(proof.check().value()),
                day(proof.asOf()),
                Atoms.coverageRecord(proof.coverage()),
                Atoms.insuredRecord(proof.insured()),
                proof.number() == null ? null : new ProofCode(proof.number().bytes()));
    }

    private static Proof proof(ProofRecord record) {
        return new Proof(
                new CheckId(uuid(record.getCheck())),
                date(record.getAsOf()),
                Atoms.coverage(record.getCoverage()),
                Atoms.insured(record.getInsured()),
                record.getNumber() == null
                        ? null
                        : ProofNumber.fromBytes(record.getNumber().bytes()));
    }
}
