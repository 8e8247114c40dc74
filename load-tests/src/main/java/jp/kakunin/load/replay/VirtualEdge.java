package jp.kakunin.load.replay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.IdSource;
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
import org.jspecify.annotations.Nullable;

/// An edge node without desk and disk: one stream, one batch in flight, live ones first; sends again until it knows.
/// Guarded by itself.
public final class VirtualEdge {
    /// Parcels that may wait in one edge node; what comes then is dropped and counted.
    static final int QUEUE_MAX = 1_000;

    private static final Duration RETRY_MIN = Duration.ofMillis(200);
    private static final Duration RETRY_SPREAD = Duration.ofMillis(800);

    private final InstitutionCode clinic;
    private final Line line;
    private final Gauge gauge;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final IdSource ids;
    private final Instance instance;
    private final Deque<Delivery> live = new ArrayDeque<>();
    private final Deque<Delivery> backlog = new ArrayDeque<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private Epoch epoch;
    private StreamPosition position = StreamPosition.START;
    private @Nullable Delivery current;
    private @Nullable Cursor before;
    private boolean stopped;

    public VirtualEdge(InstitutionCode clinic, Line line, Gauge gauge, InstantSource clock, RandomGenerator random) {
        this.clinic = clinic;
        this.line = line;
        this.gauge = gauge;
        this.clock = clock;
        this.random = random;
        this.ids = new IdSource(clock, random);
        this.instance = ids.instance();
        this.epoch = ids.epoch();
    }

    public InstitutionCode clinic() {
        return clinic;
    }

    Line line() {
        return line;
    }

    Instance instance() {
        return instance;
    }

    /// Opens connection and stream; an empty push is how an edge node asks where its stream stands.
    public synchronized CompletableFuture<Reply> open() {
        return line.exchange(push(List.of(), false));
    }

    /// Takes a parcel meant to be sent at that time of [System#nanoTime].
    public synchronized void offer(Parcel parcel, long intendedNanos) {
        gauge.offered(parcel.facts().size());
        if (live.size() + backlog.size() >= QUEUE_MAX) {
            gauge.dropped(parcel.facts().size());
            return;
        }
        Delivery delivery = new Delivery(parcel, intendedNanos);
        deliveries.add(delivery);
        (parcel.live() ? live : backlog).add(delivery);
        if (current == null) {
            next();
        }
    }

    public synchronized boolean isIdle() {
        return current == null;
    }

    /// Sends nothing more; what is under way may still be answered.
    public synchronized void stop() {
        stopped = true;
    }

    /// What the clinic held before the load began; the check begins behind it.
    synchronized void beginsBehind(@Nullable Cursor cursor) {
        before = cursor;
    }

    synchronized @Nullable Cursor before() {
        return before;
    }

    /// Everything that was taken, in order.
    synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    private void next() {
        Delivery delivery = live.isEmpty() ? backlog.poll() : live.poll();
        current = delivery;
        if (delivery != null) {
            send(delivery);
        }
    }

    private synchronized void sendAgain(Delivery delivery) {
        send(delivery);
    }

    private void send(Delivery delivery) {
        if (stopped) {
            return;
        }
        if (delivery.markSent()) {
            gauge.firstSent(delivery.intendedNanos(), System.nanoTime());
        }
        List<SentFact> facts = new ArrayList<>();
        StreamPosition after = position;
        for (Parcel.Made made : delivery.parcel().facts()) {
            after = after.after(made.fact());
            facts.add(new SentFact(after.seq(), made.fact(), made.attachment()));
        }
        StreamPosition expected = after;
        var _ = line.exchange(push(facts, delivery.parcel().live()))
                .whenComplete((reply, failure) -> took(delivery, expected, reply, failure));
    }

    private Request.Push push(List<SentFact> facts, boolean isLive) {
        DeviceReport report =
                new DeviceReport(clock.instant(), Duration.ZERO, "0.1.0", DeviceReport.ReaderCondition.EMPTY, null);
        Backlog waiting = new Backlog(backlog.size(), 0, null, null);
        return new Request.Push(instance, report, List.of(new Batch(clinic, epoch, position, facts, isLive, waiting)));
    }

    private synchronized void took(
            Delivery delivery, StreamPosition expected, @Nullable Reply reply, @Nullable Throwable failure) {
        if (failure != null || reply == null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            gauge.error(kindOf(cause));
            retry(delivery, pause());
            return;
        }
        switch (reply.body()) {
            case Reply.Pushed(List<StreamReply> streams) -> took(delivery, expected, streams.getFirst());
            case Reply.Busy(Duration retryAfter) -> {
                gauge.busy();
                retry(delivery, retryAfter);
            }
            case Reply.News _, Reply.Reset _, Reply.WaitRefused _ -> {
                gauge.error("REPLY_TO_SOMETHING_ELSE");
                retry(delivery, pause());
            }
        }
    }

    private void took(Delivery delivery, StreamPosition expected, StreamReply reply) {
        switch (reply) {
            case StreamReply.Acknowledged acknowledged -> {
                if (acknowledged.position().equals(expected)) {
                    acknowledged.remarks().forEach(remark -> gauge.error(String.valueOf(remark.outcome())));
                    acknowledge(delivery, expected);
                } else {
                    gauge.error("ACKNOWLEDGED_SOMETHING_ELSE");
                    beginEpoch(delivery);
                }
            }
            case StreamReply.Resume resume -> {
                gauge.resumed();
                if (resume.position().equals(expected)) {
                    acknowledge(delivery, expected);
                } else if (resume.position().equals(position)) {
                    send(delivery);
                } else {
                    beginEpoch(delivery);
                }
            }
            case StreamReply.Refused refused -> {
                gauge.error("REFUSED_" + refused.refusal());
                next();
            }
        }
    }

    private void acknowledge(Delivery delivery, StreamPosition reached) {
        position = reached;
        delivery.acknowledge();
        gauge.acknowledged(delivery, System.nanoTime());
        next();
    }

    /// The hub holds another past of this stream: a new one begins. What was acknowledged is not offered again, so
    /// that the check at the end sees what the hub lost.
    private void beginEpoch(Delivery delivery) {
        epoch = ids.epoch();
        position = StreamPosition.START;
        send(delivery);
    }

    private void retry(Delivery delivery, Duration after) {
        CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> sendAgain(delivery));
    }

    private Duration pause() {
        return RETRY_MIN.plusMillis(random.nextLong(RETRY_SPREAD.toMillis()));
    }

    private static String kindOf(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> "NO_REPLY";
            case HubLine.UnexpectedStatusException status -> String.valueOf(status.getMessage());
            default -> failure.getClass().getSimpleName();
        };
    }
}
