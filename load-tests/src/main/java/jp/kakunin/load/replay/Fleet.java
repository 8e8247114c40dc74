package jp.kakunin.load.replay;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.verification.HistoryReader;
import jp.kakunin.load.verification.VisitTrace;
import org.jspecify.annotations.Nullable;

/// All virtual edge nodes, dealt out to a few threads.
final class Fleet implements AutoCloseable {
    static final int EDGES_MAX = 300_000;

    private static final int THREADS_MAX = 4;
    private static final int OK = 200;
    private static final long CLOSE_SECONDS_MAX = 10;

    private final EventLoopGroup group;
    private final List<Crew> crews = new ArrayList<>();
    private final List<VirtualEdge> edges = new ArrayList<>();
    private final Map<InstitutionCode, Integer> numbers = new HashMap<>();
    private final Plan plan;

    /// Makes the line of an edge; the line is used on that thread alone.
    @FunctionalInterface
    interface LineMaker {
        FleetLine line(int edge, EventLoop loop);
    }

    Fleet(Plan plan, VisitTrace trace, Gauge gauge, VisitMaker maker, InstantSource clock, long seed, LineMaker lines) {
        this.plan = plan;
        int count = plan.clinics().size();
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, Math.min(THREADS_MAX, count));
        group = new MultiThreadIoEventLoopGroup(threads, FleetNetwork.ioHandlers());
        for (int crew = 0; crew < threads; crew++) {
            int of = crew;
            int[] arrivals = IntStream.range(0, plan.size())
                    .filter(visit -> plan.clinicOf(visit) % threads == of)
                    .toArray();
            crews.add(new Crew(
                    group.next(),
                    clock,
                    new SplittableRandom(seed + crew),
                    plan,
                    trace,
                    gauge,
                    maker,
                    threads,
                    arrivals));
        }
        for (int edge = 0; edge < count; edge++) {
            Crew crew = crews.get(edge % threads);
            InstitutionCode clinic = LoadHub.clinic(edge);
            VirtualEdge made = new VirtualEdge(
                    clinic, plan.clinics().get(edge).clockOff(), crew, lines.line(edge, crew.loop()), crew.loop());
            crew.join(made);
            edges.add(made);
            numbers.put(clinic, edge);
        }
    }

    int size() {
        return edges.size();
    }

    /// Switches on the next edges, in order.
    void start(int from, int to) {
        for (int edge = from; edge < to; edge++) {
            crews.get(edge % crews.size()).startOne();
        }
    }

    void play(long atNanos) {
        crews.forEach(crew -> crew.play(atNanos));
    }

    void stop() {
        crews.forEach(Crew::stop);
    }

    /// @param carrier whose lines; empty for all
    void cut(String carrier, boolean isCut) {
        for (int i = 0; i < edges.size(); i++) {
            VirtualEdge edge = edges.get(i);
            if (carrier.isEmpty() || plan.clinics().get(i).carrier().equals(carrier)) {
                crews.get(i % crews.size()).loop().execute(() -> edge.line().cut(isCut));
            }
        }
    }

    /// What each clinic can read of itself, over the lines the edges have.
    HistoryReader history() {
        return (clinic, month, after) -> {
            CompletableFuture<HistoryReader.Page> page = new CompletableFuture<>();
            Integer number = numbers.get(clinic);
            if (number == null) {
                page.completeExceptionally(new IllegalArgumentException("clinic " + clinic + " is not of the fleet"));
                return page;
            }
            crews.get(number % crews.size()).loop().execute(() -> read(edges.get(number), month, after, page));
            return page;
        };
    }

    /// The month of one patient, as far as one clinic can read it; [FleetLine.Got#FAILED] when no answer came.
    void readPatient(int clinic, TreatmentMonth month, PatientId patient, Consumer<FleetLine.Got> taker) {
        VirtualEdge edge = edges.get(clinic);
        crews.get(clinic % crews.size())
                .loop()
                .execute(() -> edge.line()
                        .get(address(edge, month), Map.of("kakunin-patient", String.valueOf(patient)), taker));
    }

    private static String address(VirtualEdge edge, TreatmentMonth month) {
        return "/v1/clinics/" + edge.clinic() + "/months/" + month + "/visits";
    }

    private static void read(
            VirtualEdge edge,
            TreatmentMonth month,
            @Nullable String after,
            CompletableFuture<HistoryReader.Page> page) {
        Map<String, String> headers = after == null ? Map.of() : Map.of("kakunin-after", after);
        edge.line().get(address(edge, month), headers, got -> {
            if (got.status() == OK) {
                page.complete(HistoryReader.Page.of(new JsonObject(Buffer.buffer(got.body()))));
            } else {
                page.completeExceptionally(new HistoryReader.NotToldException(got.status()));
            }
        });
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
