package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.id;
import static jp.kakunin.codec.Atoms.twin;
import static jp.kakunin.codec.Atoms.uuid;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import jp.kakunin.avro.BusyRecord;
import jp.kakunin.avro.DeliveredRecord;
import jp.kakunin.avro.NewsRecord;
import jp.kakunin.avro.PushedRecord;
import jp.kakunin.avro.RefusalRecord;
import jp.kakunin.avro.ReplyRecord;
import jp.kakunin.avro.ResetRecord;
import jp.kakunin.avro.WaitRefusedRecord;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Reply.Busy;
import jp.kakunin.exchange.Reply.News;
import jp.kakunin.exchange.Reply.Pushed;
import jp.kakunin.exchange.Reply.Reset;
import jp.kakunin.exchange.Reply.WaitRefused;
import org.apache.avro.specific.SpecificRecord;

/// Replies to generated records and back.
final class ReplyRecords {
    private ReplyRecords() {}

    static ReplyRecord record(Reply reply) {
        return new ReplyRecord(
                id(reply.incarnation().value()),
                reply.hubTime().toEpochMilli(),
                PolicyRecords.record(reply.policy()),
                body(reply.body()));
    }

    static Reply reply(ReplyRecord record) {
        return new Reply(
                new Incarnation(uuid(record.getIncarnation())),
                Instant.ofEpochMilli(record.getHubTime()),
                PolicyRecords.policy(record.getPolicy()),
                body(record.getBody()));
    }

    private static SpecificRecord body(Reply.Body body) {
        return switch (body) {
            case Pushed pushed ->
                new PushedRecord(pushed.streams().stream()
                        .map(StreamReplyRecords::record)
                        .toList());
            case News news ->
                new NewsRecord(
                        news.clinic().digits(),
                        news.facts().stream().map(ReplyRecords::delivered).toList(),
                        PositionRecords.record(news.cursor()),
                        news.more());
            case Reset reset -> new ResetRecord(reset.clinic().digits());
            case WaitRefused refused ->
                new WaitRefusedRecord(refused.clinic().digits(), twin(RefusalRecord.class, refused.refusal()));
            case Busy busy -> new BusyRecord(busy.retryAfter().toMillis());
        };
    }

    private static Reply.Body body(Object record) {
        return switch (record) {
            case PushedRecord pushed ->
                new Pushed(pushed.getStreams().stream()
                        .map(StreamReplyRecords::reply)
                        .toList());
            case NewsRecord news ->
                new News(
                        new InstitutionCode(news.getClinic()),
                        news.getFacts().stream().map(ReplyRecords::delivered).toList(),
                        PositionRecords.cursor(news.getCursor()),
                        news.getMore());
            case ResetRecord reset -> new Reset(new InstitutionCode(reset.getClinic()));
            case WaitRefusedRecord refused ->
                new WaitRefused(new InstitutionCode(refused.getClinic()), twin(Refusal.class, refused.getRefusal()));
            case BusyRecord busy -> new Busy(Duration.ofMillis(busy.getRetryAfterMillis()));
            default -> throw new IllegalStateException("the union of replies has a kind that is not known here");
        };
    }

    private static DeliveredRecord delivered(Delivered delivered) {
        return new DeliveredRecord(delivered.month().index(), delivered.position(), ByteBuffer.wrap(delivered.fact()));
    }

    private static Delivered delivered(DeliveredRecord record) {
        return new Delivered(
                TreatmentMonth.ofIndex(record.getMonth()), record.getPosition(), Atoms.bytes(record.getFact()));
    }
}
