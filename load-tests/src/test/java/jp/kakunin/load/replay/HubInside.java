package jp.kakunin.load.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.exchange.Timers;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.history.VisitJson;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.keys.MonthKeys;

/// The hub's own exchange and journal without sockets, on which virtual edge nodes can be let loose.
final class HubInside implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.system();

    private final RocksJournal journal;
    private final ScheduledExecutorService shard = Executors.newSingleThreadScheduledExecutor();
    private final ExchangeService exchange;
    private final Random random = new Random(7);
    private final List<DeviceId> devices = new ArrayList<>();
    private final MonthHistory history;
    private final IntUnaryOperator readsOf;

    /// @param readsOf the clinic an edge is shown when it asks for its own
    HubInside(Path folder, int edgeCount, UnaryOperator<Journal> spoil, IntUnaryOperator readsOf) throws IOException {
        List<InstitutionCode> clinics =
                IntStream.range(0, edgeCount).mapToObj(LoadHub::clinic).toList();
        journal = RocksJournal.open(
                folder,
                MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom()),
                Durability.SYNC,
                random);
        exchange = new ExchangeService(
                ExchangeSettings.DEFAULT,
                spoil.apply(journal),
                _ -> new DeviceStatus.Active(Set.copyOf(clinics)),
                new FleetView(),
                new AnswerSeal(new byte[32]),
                new ProofNumbers(new byte[32], random),
                CLOCK,
                random,
                List.of(shard),
                this::later);
        this.readsOf = readsOf;
        history = new MonthHistory(journal, CLOCK, shard);
        IdSource ids = new IdSource(CLOCK, random);
        clinics.forEach(_ -> devices.add(ids.device()));
    }

    /// Lines without sockets; what the hub tells is told on its own threads.
    FleetLine line(int number) {
        DeviceId device = devices.get(number);
        return new FleetLine() {
            @Override
            public void send(Sending sending, HubLink.Listener listener) {
                var _ = exchange.handle(device, sending.request()).whenComplete((reply, failure) -> {
                    if (failure == null) {
                        listener.replied(sending, reply);
                    } else {
                        listener.failed(sending, Cause.HUB);
                    }
                });
            }

            @Override
            public void hangUp() {}

            @Override
            public void cut(boolean isCut) {}

            @Override
            public void get(String path, Map<String, String> headers, Consumer<Got> taker) {
                String after = headers.get("kakunin-after");
                String patient = headers.get("kakunin-patient");
                InstitutionCode clinic = LoadHub.clinic(readsOf.applyAsInt(number));
                TreatmentMonth month = TreatmentMonth.parse(path.split("/", -1)[5]);
                var _ = (patient == null
                                ? history.page(clinic, month, after == null ? null : PatientId.parse(after))
                                : history.patient(clinic, month, PatientId.parse(patient)))
                        .thenAccept(result -> taker.accept(new Got(200, body(clinic, result))));
            }
        };
    }

    /// As the hub's endpoint answers it.
    private static byte[] body(InstitutionCode clinic, MonthHistory.Result result) {
        if (!(result instanceof MonthHistory.Result.Page page)) {
            throw new IllegalStateException("no month closes in this test");
        }
        JsonArray visits = new JsonArray();
        page.visits()
                .forEach(line ->
                        visits.add(VisitJson.forClinic(clinic, line, TreatmentMonth.dateAt(CLOCK.instant()), 10)));
        JsonObject json = new JsonObject().put("visits", visits);
        if (page.next() != null) {
            json.put("next", page.next().toString());
        }
        return json.encode().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // Parked waits would be waited for.
        var _ = shard.shutdownNow();
        journal.close();
    }

    private Timers.Timer later(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = shard.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
