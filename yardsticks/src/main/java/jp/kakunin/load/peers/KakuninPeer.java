package jp.kakunin.load.peers;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.load.bench.SilentHubCommand;
import jp.kakunin.load.replay.DeviceIdentity;
import jp.kakunin.load.replay.HubLine;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.replay.Parcel.Made;
import org.jspecify.annotations.Nullable;

/// The hub of this product, over its real exchange. It folds, judges and seals what it keeps, which no other peer does.
final class KakuninPeer implements Peer {
    private static final long ANSWER_SECONDS_MAX = 60;

    private final LoadHub hub;
    private final Path launcher;
    private final Vertx vertx = Vertx.vertx();
    private final InstantSource clock = InstantSource.system();
    private final IdSource ids = new IdSource(clock, new SecureRandom());

    KakuninPeer(Path launcher, Path folder, int clients) throws IOException {
        this.launcher = launcher;
        this.hub = LoadHub.prepare(folder, clients);
    }

    @Override
    public void start() throws Exception {
        hub.start(launcher, List.of("load", "bench", SilentHubCommand.NAME));
    }

    @Override
    public Nature nature() {
        return new Nature(
                "Kakunin 0.1.0",
                true,
                "no setting to switch it off; its power-cut tests",
                true,
                "fact id in its patient-month, until the month is forgotten",
                true);
    }

    @Override
    public Client connect(int number) {
        DeviceIdentity device = hub.devices().get(number);
        return new Exchange(new HubLine(vertx, device), device);
    }

    @Override
    public void read(Consumer<FactId> visitor) throws Exception {
        for (DeviceIdentity device : hub.devices()) {
            try (HubLine line = new HubLine(vertx, device)) {
                Instance instance = ids.instance();
                @Nullable Cursor cursor = null;
                boolean more = true;
                while (more) {
                    Request.Wait wait =
                            new Request.Wait(instance, device.clinic(), cursor, Limits.NEWS_FACTS_MAX, Duration.ZERO);
                    Reply.Body body = answer(line, wait);
                    if (!(body instanceof Reply.News news)) {
                        throw new IOException("clinic " + device.clinic() + " could not be read back: " + body);
                    }
                    news.facts().forEach(each -> tell(each.fact(), visitor));
                    cursor = news.cursor();
                    more = news.more();
                }
            }
        }
    }

    @Override
    public long cpuNanos() {
        return ProcessHandle.of(hub.pid()).map(Server::cpuNanos).orElse(0L);
    }

    @Override
    public void kill() {
        ProcessHandle.of(hub.pid()).ifPresent(Server::kill);
    }

    @Override
    public void close() {
        hub.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /// The hub's own facts were not sent by anybody.
    private static void tell(byte[] bytes, Consumer<FactId> visitor) {
        if (!(FactCodec.decode(bytes) instanceof Decoded.Known(Fact fact))) {
            throw new IllegalStateException("the hub gave back a fact that was never sent");
        }
        if (!fact.isFromHub()) {
            visitor.accept(fact.id());
        }
    }

    private static Reply.Body answer(HubLine line, Request request) throws Exception {
        Reply.Body body =
                line.exchange(request).get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).body();
        while (body instanceof Reply.Busy(Duration retryAfter)) {
            TimeUnit.MILLISECONDS.sleep(retryAfter.toMillis());
            body = line.exchange(request)
                    .get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                    .body();
        }
        return body;
    }

    /// One device with a stream of its own; after a broken connection there is a new one, as after a restored disk.
    private final class Exchange implements Client {
        private final HubLine line;
        private final DeviceIdentity device;
        private final Instance instance = ids.instance();
        private final Epoch epoch = ids.epoch();
        private StreamPosition position = StreamPosition.START;

        Exchange(HubLine line, DeviceIdentity device) {
            this.line = line;
            this.device = device;
        }

        @Override
        public void push(List<Made> facts) throws Exception {
            StreamPosition reached = position;
            List<SentFact> sent = new ArrayList<>(facts.size());
            for (Made made : facts) {
                reached = reached.after(made.fact());
                sent.add(new SentFact(reached.seq(), made.fact(), made.attachment()));
            }
            Batch batch = new Batch(device.clinic(), epoch, position, sent, false, Backlog.NONE);
            DeviceReport report =
                    new DeviceReport(clock.instant(), Duration.ZERO, "0.1.0", DeviceReport.ReaderCondition.EMPTY, null);
            Reply.Body body = answer(line, new Request.Push(instance, report, List.of(batch)));
            if (!(body instanceof Reply.Pushed(List<StreamReply> streams)
                    && streams.getFirst() instanceof StreamReply.Acknowledged acknowledged
                    && acknowledged.remarks().isEmpty()
                    && acknowledged.position().equals(reached))) {
                throw new IOException("the hub did not take a batch as it should: " + body);
            }
            position = reached;
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
