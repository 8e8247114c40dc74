package jp.kakunin.codec;

import static jp.kakunin.codec.GoldenFacts.CLINIC;
import static jp.kakunin.codec.GoldenFacts.DAY;
import static jp.kakunin.codec.GoldenFacts.MORNING;
import static jp.kakunin.codec.GoldenFacts.NOVEMBER;
import static jp.kakunin.codec.GoldenFacts.digest;
import static jp.kakunin.codec.GoldenFacts.id;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.Instance;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import org.jspecify.annotations.Nullable;

/// One request and one reply of each kind, made up.
final class GoldenFrames {
    static final StreamPosition POSITION = new StreamPosition(41, digest(4));
    static final Tally TALLY = new Tally(30, 5, 3, 2, 1);

    static final List<Remark> REMARKS = List.of(
            new Remark(40, Outcome.QUARANTINED, QuarantineReason.FUTURE_DATE), new Remark(41, Outcome.TOO_LATE, null));

    private static final Epoch EPOCH = new Epoch(id(10));
    private static final Instance INSTANCE = new Instance(id(11));
    private static final Incarnation INCARNATION = new Incarnation(id(12));
    static final Policy POLICY = policy();
    private static final byte[] FACT = {1, 2, 3};
    private static final Cursor CURSOR = new Cursor(INCARNATION, Map.of(NOVEMBER, 7L, NOVEMBER.previous(), 300L));

    static final Map<String, Request> REQUESTS = new TreeMap<>(Map.of(
            "push", new Request.Push(INSTANCE, report(null), List.of(full(), greeting())),
            "push-leaving", new Request.Push(INSTANCE, report("shutdown"), List.of()),
            "wait", new Request.Wait(INSTANCE, CLINIC, CURSOR, 1_000, Duration.ofSeconds(55)),
            "wait-from-zero", new Request.Wait(INSTANCE, CLINIC, null, 10, Duration.ZERO)));

    static final Map<String, Reply> REPLIES = new TreeMap<>(Map.of(
            "pushed", reply(new Reply.Pushed(List.of(acknowledged(), resume(), refused()))),
            "news", reply(new Reply.News(CLINIC, List.of(new Delivered(NOVEMBER, 8, FACT)), CURSOR, true)),
            "reset", reply(new Reply.Reset(CLINIC)),
            "wait-refused", reply(new Reply.WaitRefused(CLINIC, Refusal.NOT_THIS_DEVICES_CLINIC)),
            "busy", reply(new Reply.Busy(Duration.ofMillis(1_500)))));

    static final Export EXPORT = new Export(
            EPOCH,
            INSTANCE,
            MORNING,
            List.of(
                    new Export.Stream(
                            CLINIC, List.of(new SentFact(1, FACT, new byte[] {9}), new SentFact(2, FACT, null))),
                    new Export.Stream(CLINIC, List.of())));

    private GoldenFrames() {}

    private static Policy policy() {
        byte[] point = new byte[32];
        Arrays.fill(point, (byte) 7);
        try {
            return new Policy(Duration.ofMinutes(5), "0.1.0", Map.of(NOVEMBER, SealedBox.publicKey(point)));
        } catch (GeneralSecurityException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// A push of one batch.
    static Request pushOf(List<SentFact> facts) {
        var batch = new Batch(CLINIC, EPOCH, StreamPosition.START, facts, false, Backlog.NONE);
        return new Request.Push(INSTANCE, report(null), List.of(batch));
    }

    private static DeviceReport report(@Nullable String leaving) {
        return new DeviceReport(MORNING, Duration.ofHours(3), "0.1.0", ReaderCondition.EMPTY, leaving);
    }

    private static Batch full() {
        var facts = List.of(new SentFact(42, FACT, new byte[] {9}), new SentFact(43, FACT, null));
        return new Batch(CLINIC, EPOCH, POSITION, facts, true, new Backlog(12, 3_400, MORNING, DAY));
    }

    private static Batch greeting() {
        return new Batch(CLINIC, EPOCH, StreamPosition.START, List.of(), false, Backlog.NONE);
    }

    private static StreamReply acknowledged() {
        return new StreamReply.Acknowledged(CLINIC, EPOCH, POSITION, new Grant(500, 1_048_576), TALLY, REMARKS);
    }

    private static StreamReply resume() {
        return new StreamReply.Resume(CLINIC, EPOCH, POSITION, Grant.NONE, REMARKS);
    }

    private static StreamReply refused() {
        return new StreamReply.Refused(CLINIC, EPOCH, Refusal.INSTANCE_CLASH);
    }

    private static Reply reply(Reply.Body body) {
        return new Reply(INCARNATION, MORNING, POLICY, body);
    }
}
