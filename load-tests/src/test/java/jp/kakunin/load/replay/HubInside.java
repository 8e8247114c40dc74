package jp.kakunin.load.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.exchange.Timers;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.Durability;
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
    private final Gauge gauge = new Gauge();
    private final List<VirtualEdge> edges;

    HubInside(Path folder, int edgeCount, UnaryOperator<List<Commit.Entry>> spoil) throws IOException {
        List<InstitutionCode> clinics =
                IntStream.range(0, edgeCount).mapToObj(LoadHub::clinic).toList();
        journal = RocksJournal.open(
                folder,
                MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom()),
                Durability.SYNC,
                random);
        exchange = new ExchangeService(
                ExchangeSettings.DEFAULT,
                SpoiltJournal.of(journal, spoil),
                _ -> new DeviceStatus.Active(Set.copyOf(clinics)),
                new FleetView(),
                new AnswerSeal(new byte[32]),
                new ProofNumbers(new byte[32], random),
                CLOCK,
                random,
                List.of(shard),
                this::later);
        edges = clinics.stream().map(this::edge).toList();
    }

    List<VirtualEdge> edges() {
        return edges;
    }

    /// Other devices of the same clinics.
    List<VirtualEdge> newEdges() {
        return edges.stream().map(edge -> edge(edge.clinic())).toList();
    }

    List<ClinicDay> days() {
        return edges.stream()
                .map(edge -> new ClinicDay(edge.clinic(), CLOCK, random, random, CardPapers.blank(random)))
                .toList();
    }

    Gauge gauge() {
        return gauge;
    }

    /// Sends that many pushes of two facts from each edge node and waits for the last reply.
    void work(int pushes) throws InterruptedException {
        work(edges, pushes);
    }

    void work(List<VirtualEdge> edges, int pushes) throws InterruptedException {
        List<ClinicDay> days = days();
        for (int i = 0; i < edges.size(); i++) {
            for (int push = 0; push < pushes; push++) {
                edges.get(i).offer(days.get(i).parcel(2, push % 2 == 0), System.nanoTime());
            }
        }
        while (!edges.stream().allMatch(VirtualEdge::isIdle)) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Override
    public void close() {
        shard.close();
        journal.close();
    }

    private VirtualEdge edge(InstitutionCode clinic) {
        DeviceId device = new IdSource(CLOCK, random).device();
        return new VirtualEdge(clinic, request -> exchange.handle(device, request), gauge, CLOCK, random);
    }

    private Timers.Timer later(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = shard.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
