package jp.kakunin.load.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.load.replay.ClinicDay;
import jp.kakunin.load.replay.DeviceIdentity;
import jp.kakunin.load.replay.HubLine;
import jp.kakunin.load.replay.Parcel;

/// One device's stream for one round, encoded before the clock starts, so that the sender takes little of the machine.
/// Each batch goes when the one before it is acknowledged.
final class Lane {
    private final HubLine line;
    private final List<Batch> batches;
    private final List<byte[]> bodies = new ArrayList<>();
    private final StreamPosition end;

    private Lane(HubLine line, List<Batch> batches, Instance instance, Instant now, StreamPosition end) {
        this.line = line;
        this.batches = batches;
        this.end = end;
        DeviceReport report = new DeviceReport(now, Duration.ZERO, "0.1.0", DeviceReport.ReaderCondition.EMPTY, null);
        for (Batch batch : batches) {
            bodies.add(ExchangeCodec.encode(new Request.Push(instance, report, List.of(batch))));
        }
    }

    static Lane of(
            HubLine line, DeviceIdentity device, ClinicDay day, IdSource ids, int count, int batchFacts, Instant now) {
        Epoch epoch = ids.epoch();
        StreamPosition position = StreamPosition.START;
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StreamPosition follows = position;
            List<SentFact> facts = new ArrayList<>();
            for (Parcel.Made made : day.parcel(batchFacts, false).facts()) {
                position = position.after(made.fact());
                facts.add(new SentFact(position.seq(), made.fact(), made.attachment()));
            }
            batches.add(new Batch(device.clinic(), epoch, follows, facts, false, Backlog.NONE));
        }
        return new Lane(line, batches, ids.instance(), now, position);
    }

    List<Batch> batches() {
        return batches;
    }

    long bytes() {
        return bodies.stream().mapToLong(body -> body.length).sum();
    }

    /// Completes when the whole stream is acknowledged; fails at the first other answer.
    CompletableFuture<Void> send() {
        return send(0);
    }

    private CompletableFuture<Void> send(int index) {
        return line.send(bodies.get(index)).thenCompose(reply -> {
            StreamPosition reached = acknowledged(reply);
            if (index + 1 < bodies.size()) {
                return send(index + 1);
            }
            if (!reached.equals(end)) {
                throw new IllegalStateException("the hub acknowledged another stream than was sent");
            }
            return CompletableFuture.completedFuture(null);
        });
    }

    private static StreamPosition acknowledged(Reply reply) {
        if (reply.body() instanceof Reply.Pushed(List<StreamReply> streams)
                && streams.getFirst() instanceof StreamReply.Acknowledged acknowledged
                && acknowledged.remarks().isEmpty()) {
            return acknowledged.position();
        }
        throw new IllegalStateException("the hub did not take a batch as it should: " + reply.body());
    }
}
