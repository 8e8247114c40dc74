package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.id;
import static jp.kakunin.codec.Atoms.uuid;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.kakunin.avro.ClosedMonthRecord;
import jp.kakunin.avro.HeadRecord;
import jp.kakunin.avro.JournalBlockRecord;
import jp.kakunin.avro.JournalEntryRecord;
import jp.kakunin.avro.StandingCountRecord;
import jp.kakunin.avro.StreamOriginRecord;
import jp.kakunin.avro.StreamStateRecord;
import jp.kakunin.avro.TipRecord;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Head.Tip;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamState;

/// Heads, entries and stream states to generated records and back.
final class JournalRecords {
    private JournalRecords() {}

    static HeadRecord record(Head head) {
        return new HeadRecord(
                head.revision(),
                head.tips().entrySet().stream().map(JournalRecords::tip).toList());
    }

    static Head head(HeadRecord record) {
        var tips = new TreeMap<TreatmentMonth, Tip>();
        for (TipRecord tip : record.getTips()) {
            tips.put(TreatmentMonth.ofIndex(tip.getMonth()), new Tip(tip.getPosition(), Atoms.digest(tip.getChain())));
        }
        return new Head(record.getRevision(), tips);
    }

    static JournalBlockRecord record(JournalBlock block) {
        return new JournalBlockRecord(
                Atoms.hash(block.chain()),
                block.entries().stream().map(JournalRecords::record).toList());
    }

    static JournalBlock block(JournalBlockRecord record) {
        return new JournalBlock(
                Atoms.digest(record.getChain()),
                record.getEntries().stream().map(JournalRecords::entry).toList());
    }

    private static JournalEntryRecord record(JournalEntry entry) {
        Origin origin = entry.origin();
        return new JournalEntryRecord(
                entry.receivedAt().toEpochMilli(),
                origin == null ? null : origin(origin),
                ByteBuffer.wrap(entry.fact()));
    }

    private static JournalEntry entry(JournalEntryRecord record) {
        StreamOriginRecord origin = record.getOrigin();
        return new JournalEntry(
                Instant.ofEpochMilli(record.getReceivedAt()),
                origin == null ? null : origin(origin),
                Atoms.bytes(record.getFact()));
    }

    static StreamStateRecord record(StreamState state) {
        return new StreamStateRecord(
                PositionRecords.record(state.position()),
                PositionRecords.record(state.tally()),
                StreamReplyRecords.records(state.remarks()),
                id(state.instance().value()),
                state.lastSeen().toEpochMilli());
    }

    static StreamState streamState(StreamStateRecord record) {
        return new StreamState(
                PositionRecords.position(record.getPosition()),
                PositionRecords.tally(record.getTally()),
                StreamReplyRecords.remarks(record.getRemarks()),
                new Instance(uuid(record.getInstance())),
                Instant.ofEpochMilli(record.getLastSeen()));
    }

    static ClosedMonthRecord record(ClosedMonth closed) {
        SortedMap<String, Long> standings = closed.standings();
        return new ClosedMonthRecord(
                closed.month().index(),
                Atoms.hash(closed.key()),
                closed.clinics(),
                closed.facts(),
                Atoms.hash(closed.heads()),
                standings == null
                        ? null
                        : standings.entrySet().stream()
                                .map(each -> new StandingCountRecord(each.getKey(), each.getValue()))
                                .toList());
    }

    static ClosedMonth closedMonth(ClosedMonthRecord record) {
        SortedMap<String, Long> standings = null;
        if (record.getStandings() != null) {
            standings = new TreeMap<>();
            for (StandingCountRecord each : record.getStandings()) {
                standings.put(each.getStanding(), each.getVisits());
            }
        }
        return new ClosedMonth(
                TreatmentMonth.ofIndex(record.getMonth()),
                Atoms.digest(record.getKey()),
                record.getClinics(),
                record.getFacts(),
                Atoms.digest(record.getHeads()),
                standings);
    }

    private static TipRecord tip(Map.Entry<TreatmentMonth, Tip> tip) {
        return new TipRecord(
                tip.getKey().index(),
                tip.getValue().position(),
                Atoms.hash(tip.getValue().chain()));
    }

    private static StreamOriginRecord origin(Origin origin) {
        return new StreamOriginRecord(
                id(origin.device().value()), id(origin.epoch().value()), origin.seq());
    }

    private static Origin origin(StreamOriginRecord record) {
        return new Origin(new DeviceId(uuid(record.getDevice())), new Epoch(uuid(record.getEpoch())), record.getSeq());
    }
}
