package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.bytes;
import static jp.kakunin.codec.Atoms.date;
import static jp.kakunin.codec.Atoms.day;
import static jp.kakunin.codec.Atoms.id;
import static jp.kakunin.codec.Atoms.twin;
import static jp.kakunin.codec.Atoms.uuid;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import jp.kakunin.avro.BatchRecord;
import jp.kakunin.avro.PushRecord;
import jp.kakunin.avro.ReaderStateRecord;
import jp.kakunin.avro.RequestRecord;
import jp.kakunin.avro.SentFactRecord;
import jp.kakunin.avro.WaitRecord;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.Request.Push;
import jp.kakunin.exchange.Request.Wait;
import jp.kakunin.exchange.SentFact;
import org.apache.avro.specific.SpecificRecord;

/// Requests to generated records and back.
final class RequestRecords {
    private RequestRecords() {}

    static RequestRecord record(Request request) {
        SpecificRecord body = switch (request) {
            case Push push -> push(push);
            case Wait wait -> wait(wait);
        };
        return new RequestRecord(id(request.instance().value()), body);
    }

    static Request request(RequestRecord record) {
        var instance = new Instance(uuid(record.getInstance()));
        return switch (record.getBody()) {
            case PushRecord push -> push(instance, push);
            case WaitRecord wait -> wait(instance, wait);
            default -> throw new IllegalStateException("the union of requests has a kind that is not known here");
        };
    }

    private static PushRecord push(Push push) {
        DeviceReport report = push.report();
        return new PushRecord(
                report.clock().toEpochMilli(),
                report.uptime().toMillis(),
                report.appVersion(),
                twin(ReaderStateRecord.class, report.reader()),
                report.leaving(),
                push.batches().stream().map(RequestRecords::batch).toList());
    }

    private static Push push(Instance instance, PushRecord record) {
        var report = new DeviceReport(
                Instant.ofEpochMilli(record.getClock()),
                Duration.ofMillis(record.getUptime()),
                record.getAppVersion(),
                twin(ReaderCondition.class, record.getReader()),
                record.getLeaving());
        return new Push(
                instance,
                report,
                record.getBatches().stream().map(RequestRecords::batch).toList());
    }

    private static WaitRecord wait(Wait wait) {
        var cursor = wait.cursor();
        return new WaitRecord(
                wait.clinic().digits(),
                cursor == null ? null : PositionRecords.record(cursor),
                wait.factsMax(),
                wait.patience().toMillis());
    }

    private static Wait wait(Instance instance, WaitRecord record) {
        var cursor = record.getCursor();
        return new Wait(
                instance,
                new InstitutionCode(record.getClinic()),
                cursor == null ? null : PositionRecords.cursor(cursor),
                record.getFactsMax(),
                Duration.ofMillis(record.getWaitMillis()));
    }

    private static BatchRecord batch(Batch batch) {
        Backlog backlog = batch.backlog();
        Instant oldest = backlog.oldest();
        LocalDate earliestDue = backlog.earliestDue();
        return new BatchRecord(
                batch.clinic().digits(),
                id(batch.epoch().value()),
                PositionRecords.record(batch.follows()),
                batch.facts().stream().map(RequestRecords::sent).toList(),
                batch.live(),
                backlog.facts(),
                backlog.bytes(),
                oldest == null ? null : oldest.toEpochMilli(),
                earliestDue == null ? null : day(earliestDue));
    }

    private static Batch batch(BatchRecord record) {
        Long oldest = record.getOldestCapturedAt();
        Integer earliestDue = record.getEarliestDue();
        return new Batch(
                new InstitutionCode(record.getClinic()),
                new Epoch(uuid(record.getEpoch())),
                PositionRecords.position(record.getFollows()),
                record.getFacts().stream().map(RequestRecords::sent).toList(),
                record.getLive(),
                new Backlog(
                        record.getBacklogFacts(),
                        record.getBacklogBytes(),
                        oldest == null ? null : Instant.ofEpochMilli(oldest),
                        earliestDue == null ? null : date(earliestDue)));
    }

    static SentFactRecord sent(SentFact sent) {
        byte[] attachment = sent.attachment();
        return new SentFactRecord(
                sent.seq(), ByteBuffer.wrap(sent.fact()), attachment == null ? null : ByteBuffer.wrap(attachment));
    }

    static SentFact sent(SentFactRecord record) {
        ByteBuffer attachment = record.getAttachment();
        return new SentFact(record.getSeq(), bytes(record.getFact()), attachment == null ? null : bytes(attachment));
    }
}
