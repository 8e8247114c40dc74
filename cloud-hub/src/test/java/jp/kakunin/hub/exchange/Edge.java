package jp.kakunin.hub.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;
import org.jspecify.annotations.Nullable;

/// One device as the hub sees it.
final class Edge {
    final DeviceId device;
    Instance instance;
    Epoch epoch;
    StreamPosition position = StreamPosition.START;
    private final ExchangeService hub;
    private final Steps steps;

    Edge(ExchangeService hub, Steps steps, Sample sample) {
        this.hub = hub;
        this.steps = steps;
        device = sample.ids.device();
        instance = sample.ids.instance();
        epoch = sample.ids.epoch();
    }

    /// The same disk in another machine.
    Edge(Edge original, Instance instance) {
        hub = original.hub;
        steps = original.steps;
        device = original.device;
        epoch = original.epoch;
        position = original.position;
        this.instance = instance;
    }

    /// Sends, waits and moves on as the reply says.
    StreamReply push(InstitutionCode clinic, boolean live, Fact... facts) {
        Reply.Body body = done(send(batch(clinic, live, facts)));
        StreamReply reply = ((Reply.Pushed) body).streams().getFirst();
        if (reply instanceof StreamReply.Acknowledged acknowledged) {
            position = acknowledged.position();
        }
        return reply;
    }

    CompletableFuture<Reply> send(Batch... batches) {
        DeviceReport report = new DeviceReport(
                steps.instant(), Duration.ofHours(1), "0.1.0", DeviceReport.ReaderCondition.EMPTY, null);
        return hub.handle(device, new Request.Push(instance, report, List.of(batches)));
    }

    CompletableFuture<Reply> await(InstitutionCode clinic, @Nullable Cursor cursor) {
        return hub.handle(device, new Request.Wait(instance, clinic, cursor, 100, Duration.ofSeconds(50)));
    }

    Batch batch(InstitutionCode clinic, boolean live, Fact... facts) {
        List<SentFact> sent = new ArrayList<>();
        for (Fact fact : facts) {
            boolean card = fact instanceof Fact.CheckRecorded check && check.evidence() instanceof Evidence.Card;
            sent.add(new SentFact(
                    position.seq() + 1 + sent.size(), FactCodec.encode(fact), card ? Sample.EVIDENCE : null));
        }
        return new Batch(clinic, epoch, position, sent, live, Backlog.NONE);
    }

    Reply.Body done(CompletableFuture<Reply> reply) {
        steps.settle();
        assertThat(reply).isCompleted();
        return reply.join().body();
    }
}
