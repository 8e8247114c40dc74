package jp.kakunin.codec;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import jp.kakunin.avro.AdmissionRecord;
import jp.kakunin.avro.CursorRecord;
import jp.kakunin.avro.FeedRecord;
import jp.kakunin.avro.Hash;
import jp.kakunin.avro.KeptFactRecord;
import jp.kakunin.avro.LastHeardRecord;
import jp.kakunin.avro.MarkRecord;
import jp.kakunin.avro.MonthCountRecord;
import jp.kakunin.avro.MonthPositionRecord;
import jp.kakunin.avro.NumberedRecord;
import jp.kakunin.avro.OutboxRecord;
import jp.kakunin.avro.OutcomeRecord;
import jp.kakunin.avro.PositionRecord;
import jp.kakunin.avro.QuarantineRecord;
import jp.kakunin.avro.RefusalRecord;
import jp.kakunin.avro.RemarkedRecord;
import jp.kakunin.avro.ToldRecord;
import jp.kakunin.avro.TooLateRecord;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.KeptFact;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.TooLate;

/// What an edge keeps on disk as bytes: single-object encoding, because a later version must read it.
public final class EdgeStoreCodec {
    private static final RecordForm<KeptFactRecord> KEPT = new RecordForm<>(KeptFactRecord.getClassSchema());
    private static final RecordForm<MarkRecord> MARK = new RecordForm<>(MarkRecord.getClassSchema());
    private static final RecordForm<OutboxRecord> OUTBOX = new RecordForm<>(OutboxRecord.getClassSchema());
    private static final RecordForm<RemarkedRecord> REMARKED = new RecordForm<>(RemarkedRecord.getClassSchema());
    private static final RecordForm<LastHeardRecord> HEARD = new RecordForm<>(LastHeardRecord.getClassSchema());
    private static final RecordForm<CursorRecord> CURSOR = new RecordForm<>(CursorRecord.getClassSchema());

    private static final RecordForm<AdmissionRecord> ADMISSION = new RecordForm<>(AdmissionRecord.getClassSchema());

    private static final RecordForm<TooLateRecord> TOO_LATE = new RecordForm<>(TooLateRecord.getClassSchema());

    private static final RecordForm<ToldRecord> TOLD = new RecordForm<>(ToldRecord.getClassSchema());
    private static final RecordForm<FeedRecord> FEED = new RecordForm<>(FeedRecord.getClassSchema());

    private EdgeStoreCodec() {}

    public static byte[] encode(KeptFact kept) {
        return KEPT.tagged(new KeptFactRecord(ByteBuffer.wrap(kept.fact()), kept.own()));
    }

    public static KeptFact decodeKeptFact(byte[] bytes) {
        KeptFactRecord record = KEPT.fromTagged(bytes);
        return new KeptFact(Atoms.bytes(record.getFact()), record.getOwn());
    }

    /// The mark of a fact that was numbered in this epoch, or that the hub itself sent during it.
    public static byte[] encodeMark(Epoch epoch) {
        return MARK.tagged(new MarkRecord(Atoms.id(epoch.value())));
    }

    public static Epoch decodeMark(byte[] bytes) {
        return new Epoch(Atoms.uuid(MARK.fromTagged(bytes).getEpoch()));
    }

    public static byte[] encode(Outbox outbox) {
        List<NumberedRecord> numbered = new ArrayList<>();
        for (Numbered n : outbox.numbered()) {
            numbered.add(new NumberedRecord(
                    Atoms.id(n.fact().value()),
                    n.month().index(),
                    Atoms.hash(n.position().hash())));
        }
        StreamPosition acknowledged = outbox.acknowledged();
        return OUTBOX.tagged(new OutboxRecord(
                Atoms.id(outbox.epoch().value()),
                new PositionRecord(acknowledged.seq(), Atoms.hash(acknowledged.hash())),
                numbered));
    }

    public static Outbox decodeOutbox(byte[] bytes) {
        OutboxRecord record = OUTBOX.fromTagged(bytes);
        PositionRecord position = record.getAcknowledged();
        long seq = position.getSeq();
        List<Numbered> numbered = new ArrayList<>();
        for (NumberedRecord n : record.getNumbered()) {
            numbered.add(new Numbered(
                    new FactId(Atoms.uuid(n.getFact())),
                    TreatmentMonth.ofIndex(n.getMonth()),
                    new StreamPosition(seq + numbered.size() + 1, Atoms.digest(n.getHash()))));
        }
        return new Outbox(
                new Epoch(Atoms.uuid(record.getEpoch())),
                new StreamPosition(seq, Atoms.digest(position.getHash())),
                numbered);
    }

    public static byte[] encode(Remarked remarked) {
        QuarantineReason reason = remarked.reason();
        return REMARKED.tagged(new RemarkedRecord(
                Atoms.twin(OutcomeRecord.class, remarked.outcome()),
                reason == null ? null : Atoms.twin(QuarantineRecord.class, reason)));
    }

    public static Remarked decodeRemarked(byte[] bytes) {
        RemarkedRecord record = REMARKED.fromTagged(bytes);
        QuarantineRecord reason = record.getReason();
        return new Remarked(
                Atoms.twin(Outcome.class, record.getOutcome()),
                reason == null ? null : Atoms.twin(QuarantineReason.class, reason));
    }

    public static byte[] encode(LastHeard heard) {
        return HEARD.tagged(new LastHeardRecord(
                Atoms.id(heard.incarnation().value()),
                heard.hubTime().toEpochMilli(),
                PolicyRecords.record(heard.policy())));
    }

    public static LastHeard decodeLastHeard(byte[] bytes) {
        LastHeardRecord record = HEARD.fromTagged(bytes);
        return new LastHeard(
                new Incarnation(Atoms.uuid(record.getIncarnation())),
                Instant.ofEpochMilli(record.getHubTime()),
                PolicyRecords.policy(record.getPolicy()));
    }

    public static byte[] encode(Admission admission) {
        Refusal refusal = admission.refusal();
        return ADMISSION.tagged(new AdmissionRecord(refusal == null ? null : Atoms.twin(RefusalRecord.class, refusal)));
    }

    public static Admission decodeAdmission(byte[] bytes) {
        RefusalRecord refusal = ADMISSION.fromTagged(bytes).getRefusal();
        return new Admission(refusal == null ? null : Atoms.twin(Refusal.class, refusal));
    }

    public static byte[] encode(TooLate late) {
        List<MonthCountRecord> months = new ArrayList<>();
        late.facts().forEach((month, facts) -> months.add(new MonthCountRecord(month.index(), facts)));
        return TOO_LATE.tagged(new TooLateRecord(months));
    }

    public static TooLate decodeTooLate(byte[] bytes) {
        var facts = new TreeMap<TreatmentMonth, Integer>();
        for (MonthCountRecord month : TOO_LATE.fromTagged(bytes).getMonths()) {
            facts.put(TreatmentMonth.ofIndex(month.getMonth()), month.getFacts());
        }
        return new TooLate(facts);
    }

    public static byte[] encode(Told told) {
        Digest content = told.content();
        return TOLD.tagged(
                new ToldRecord(told.seq(), told.at().toEpochMilli(), content == null ? null : Atoms.hash(content)));
    }

    public static Told decodeTold(byte[] bytes) {
        ToldRecord record = TOLD.fromTagged(bytes);
        Hash content = record.getContent();
        return new Told(
                record.getSeq(), Instant.ofEpochMilli(record.getAt()), content == null ? null : Atoms.digest(content));
    }

    public static byte[] encode(Feed feed) {
        return FEED.tagged(new FeedRecord(Atoms.id(feed.id()), feed.last()));
    }

    public static Feed decodeFeed(byte[] bytes) {
        FeedRecord record = FEED.fromTagged(bytes);
        return new Feed(Atoms.uuid(record.getId()), record.getLast());
    }

    public static byte[] encode(Cursor cursor) {
        List<MonthPositionRecord> months = new ArrayList<>();
        new TreeMap<>(cursor.months())
                .forEach((month, position) -> months.add(new MonthPositionRecord(month.index(), position)));
        return CURSOR.tagged(new CursorRecord(Atoms.id(cursor.incarnation().value()), months));
    }

    public static Cursor decodeCursor(byte[] bytes) {
        CursorRecord record = CURSOR.fromTagged(bytes);
        var months = new TreeMap<TreatmentMonth, Long>();
        for (MonthPositionRecord month : record.getMonths()) {
            months.put(TreatmentMonth.ofIndex(month.getMonth()), month.getPosition());
        }
        return new Cursor(new Incarnation(Atoms.uuid(record.getIncarnation())), months);
    }
}
