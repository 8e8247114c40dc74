package jp.kakunin.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;

/// Requests and replies of every kind, drawn from a seed.
final class DrawnFrames {
    private final DrawnValues values;

    DrawnFrames(DrawnValues values) {
        this.values = values;
    }

    static Request requestOfSeed(int seed) {
        var frames = new DrawnFrames(new DrawnValues(new Random(seed)));
        return seed % 2 == 0 ? frames.push() : frames.waiting();
    }

    static Reply replyOfSeed(int seed) {
        var frames = new DrawnFrames(new DrawnValues(new Random(seed)));
        return frames.reply(frames.body(seed % 5));
    }

    StreamPosition position() {
        return new StreamPosition(values.number(), values.digest());
    }

    Tally tally() {
        return new Tally(values.number(), values.number(), values.number(), values.number(), values.number());
    }

    private Request push() {
        var report = new DeviceReport(
                values.instant(),
                values.duration(),
                values.text(),
                values.one(DeviceReport.ReaderCondition.class),
                values.perhaps(values::text));
        return new Request.Push(new Instance(values.id()), report, values.several(this::batch));
    }

    private Request waiting() {
        return new Request.Wait(
                new Instance(values.id()),
                values.clinic(),
                values.perhaps(this::cursor),
                values.below(10_000),
                values.duration());
    }

    private Batch batch() {
        var backlog = new Backlog(
                values.number(), values.number(), values.perhaps(values::instant), values.perhaps(values::date));
        return new Batch(
                values.clinic(),
                new Epoch(values.id()),
                position(),
                values.several(this::sent),
                values.coin(),
                backlog);
    }

    private SentFact sent() {
        return new SentFact(values.number(), values.bytes(300), values.perhaps(() -> values.bytes(2_000)));
    }

    private Cursor cursor() {
        Map<TreatmentMonth, Long> months = new HashMap<>();
        for (int i = values.below(4); i > 0; i--) {
            months.put(values.month(), values.number());
        }
        return new Cursor(new Incarnation(values.id()), months);
    }

    private Reply reply(Reply.Body body) {
        var policy = new Reply.Policy(values.duration(), values.text());
        return new Reply(new Incarnation(values.id()), values.instant(), policy, body);
    }

    private Reply.Body body(int kind) {
        InstitutionCode clinic = values.clinic();
        return switch (kind) {
            case 0 -> new Reply.Pushed(values.several(this::streamReply));
            case 1 -> new Reply.News(clinic, values.several(this::delivered), cursor(), values.coin());
            case 2 -> new Reply.Reset(clinic);
            case 3 -> new Reply.WaitRefused(clinic, values.one(Refusal.class));
            default -> new Reply.Busy(values.duration());
        };
    }

    private Delivered delivered() {
        return new Delivered(values.month(), values.number(), values.bytes(300));
    }

    private StreamReply streamReply() {
        InstitutionCode clinic = values.clinic();
        var epoch = new Epoch(values.id());
        return switch (values.below(3)) {
            case 0 ->
                new StreamReply.Acknowledged(clinic, epoch, position(), grant(), tally(), values.several(this::remark));
            case 1 -> new StreamReply.Resume(clinic, epoch, position(), grant(), values.several(this::remark));
            default -> new StreamReply.Refused(clinic, epoch, values.one(Refusal.class));
        };
    }

    private Grant grant() {
        return new Grant(values.below(500), values.number());
    }

    Remark remark() {
        return new Remark(
                values.number(), values.one(Outcome.class), values.perhaps(() -> values.one(QuarantineReason.class)));
    }
}
