package jp.kakunin.load.chaos;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.load.replay.ClinicDay;
import jp.kakunin.load.replay.DeviceIdentity;
import jp.kakunin.load.replay.HubLine;
import jp.kakunin.load.replay.Parcel;
import jp.kakunin.load.report.RunReport;
import org.jspecify.annotations.Nullable;

/// An edge that pushes one batch after the other over a bad line, sends each until it knows, and remembers what was
/// acknowledged. That is never offered again, unlike a real edge would: what the hub lost must stay lost.
final class KillEdge implements AutoCloseable {
    private static final int BATCH_FACTS_MAX = 8;
    private static final long RETRY_MILLIS_MAX = 200;
    private static final long PAUSE_MILLIS_MAX = 15;
    private static final long READ_SECONDS_MAX = 60;

    private final InstitutionCode clinic;
    private final HubLine bad;
    private final HubLine good;
    private final ClinicDay day;
    private final Tally tally;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final IdSource ids;
    private final Instance instance;
    private final Map<FactId, byte[]> acknowledged = new HashMap<>();
    private final Thread thread;
    private Epoch epoch;
    private StreamPosition position = StreamPosition.START;
    private boolean paused = true;
    private boolean idle = true;
    private boolean ended;

    /// @param linePort where the bad line begins; facts are read back over the good one
    KillEdge(
            Vertx vertx,
            DeviceIdentity device,
            int linePort,
            ClinicDay day,
            Tally tally,
            InstantSource clock,
            RandomGenerator random) {
        this.clinic = device.clinic();
        URI line = URI.create("https://localhost:" + linePort);
        this.bad = new HubLine(vertx, new DeviceIdentity(device.folder(), line, clinic, device.authority()));
        this.good = new HubLine(vertx, device);
        this.day = day;
        this.tally = tally;
        this.clock = clock;
        this.random = random;
        this.ids = new IdSource(clock, random);
        this.instance = ids.instance();
        this.epoch = ids.epoch();
        this.thread = Thread.ofVirtual().name("edge-" + clinic).start(this::live);
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /// What is under way is still sent until it is acknowledged.
    synchronized void pause() {
        paused = true;
    }

    synchronized boolean isIdle() {
        return idle;
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        bad.close();
        good.close();
    }

    private void live() {
        try {
            while (awaitWork()) {
                send(day.parcel(1 + random.nextInt(BATCH_FACTS_MAX), random.nextBoolean()));
                TimeUnit.MILLISECONDS.sleep(random.nextLong(PAUSE_MILLIS_MAX));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitWork() throws InterruptedException {
        idle = true;
        while (paused && !ended) {
            wait();
        }
        idle = ended;
        return !ended;
    }

    private void send(Parcel parcel) throws InterruptedException {
        tally.offered(parcel.facts().size());
        long begun = System.nanoTime();
        while (true) {
            List<SentFact> facts = new ArrayList<>();
            StreamPosition expected = position;
            for (Parcel.Made made : parcel.facts()) {
                expected = expected.after(made.fact());
                facts.add(new SentFact(expected.seq(), made.fact(), made.attachment()));
            }
            @Nullable Reply reply = ask(bad, push(facts, parcel.live()));
            if (reply != null && isAcknowledged(reply, expected)) {
                position = expected;
                keep(parcel);
                tally.acknowledged(parcel.facts().size(), System.nanoTime() - begun);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(1 + random.nextLong(RETRY_MILLIS_MAX));
        }
    }

    private synchronized void keep(Parcel parcel) {
        parcel.facts().forEach(made -> acknowledged.put(made.id(), made.fact()));
    }

    private Request.Push push(List<SentFact> facts, boolean live) {
        DeviceReport report =
                new DeviceReport(clock.instant(), Duration.ZERO, "0.1.0", DeviceReport.ReaderCondition.EMPTY, null);
        Backlog none = new Backlog(0, 0, null, null);
        return new Request.Push(instance, report, List.of(new Batch(clinic, epoch, position, facts, live, none)));
    }

    private boolean isAcknowledged(Reply reply, StreamPosition expected) {
        if (!(reply.body() instanceof Reply.Pushed(List<StreamReply> streams))) {
            tally.error("BUSY_OR_OTHER_REPLY");
            return false;
        }
        return switch (streams.getFirst()) {
            case StreamReply.Acknowledged each -> {
                if (!each.remarks().isEmpty()) {
                    tally.error("REMARK_" + each.remarks().getFirst().outcome());
                }
                yield each.position().equals(expected);
            }
            case StreamReply.Resume resume -> {
                if (!resume.position().equals(expected) && !resume.position().equals(position)) {
                    // The hub holds another past of this stream, which is itself a sign of loss.
                    tally.error("OTHER_PAST");
                    epoch = ids.epoch();
                    position = StreamPosition.START;
                }
                yield resume.position().equals(expected);
            }
            case StreamReply.Refused refused -> {
                tally.error("REFUSED_" + refused.refusal());
                yield false;
            }
        };
    }

    private @Nullable Reply ask(HubLine line, Request request) throws InterruptedException {
        try {
            return line.exchange(request).get(READ_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            tally.error(
                    e.getCause() == null ? "NO_REPLY" : e.getCause().getClass().getSimpleName());
            return null;
        } catch (TimeoutException _) {
            tally.error("NO_REPLY");
            return null;
        }
    }

    /// Reads everything the hub has of this clinic and compares. Call while the edge is idle.
    synchronized void verify(Findings findings) throws InterruptedException, UnreadableException {
        Map<FactId, List<byte[]>> held = read(findings);
        for (Map.Entry<FactId, byte[]> each : acknowledged.entrySet()) {
            List<byte[]> copies = held.getOrDefault(each.getKey(), List.of());
            String kind = copies.isEmpty() || !Arrays.equals(copies.getFirst(), each.getValue())
                    ? "missing"
                    : copies.size() > 1 ? "doubled" : "";
            findings.looked(kind);
            if (!kind.isEmpty()) {
                findings.example(new RunReport.Example(
                        kind, each.getKey().toString(), clinic.toString(), "once, as sent", copies.size() + " times"));
            }
        }
    }

    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(InstitutionCode clinic) {
            super("what the hub holds of clinic " + clinic + " could not be read back");
        }
    }

    private Map<FactId, List<byte[]>> read(Findings findings) throws InterruptedException, UnreadableException {
        Map<FactId, List<byte[]>> held = new HashMap<>();
        @Nullable Cursor cursor = null;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READ_SECONDS_MAX);
        while (System.nanoTime() < deadline) {
            @Nullable
            Reply reply = ask(good, new Request.Wait(instance, clinic, cursor, Limits.NEWS_FACTS_MAX, Duration.ZERO));
            if (reply != null && reply.body() instanceof Reply.News news) {
                news.facts().forEach(each -> take(each, held, findings));
                cursor = news.cursor();
                if (!news.more()) {
                    return held;
                }
            } else {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS_MAX);
            }
        }
        throw new UnreadableException(clinic);
    }

    /// The hub's own facts, such as answers, were sent by nobody.
    private void take(Delivered delivered, Map<FactId, List<byte[]>> held, Findings findings) {
        if (!(FactCodec.decode(delivered.fact()) instanceof Decoded.Known(Fact fact))
                || !fact.envelope().clinic().equals(clinic)) {
            findings.looked("wrong clinic");
        } else if (!fact.isFromHub()) {
            held.computeIfAbsent(fact.id(), _ -> new ArrayList<>()).add(delivered.fact());
        }
    }
}
