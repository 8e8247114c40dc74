package jp.kakunin.load.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.verification.VisitTrace;

/// A fleet to which no patient comes: its edges connect, and wait for news.
public final class WaitingFleet implements AutoCloseable {
    private static final long SEED = 1;
    private static final int CONNECTING_MAX = 32;
    private static final Duration MAX = Duration.ofMinutes(15);
    private static final long TOLD_EVERY_SECONDS = 5;

    private final Gauge gauge;
    private final FleetNetwork network;
    private final VisitMaker maker;
    private final Fleet fleet;
    private final Consumer<String> progress;
    private int started;

    private WaitingFleet(Plan plan, Identities identities, Consumer<String> progress) {
        this.progress = progress;
        gauge = new Gauge(plan.clinics().size());
        network = new FleetNetwork(identities);
        maker = new VisitMaker(0, _ -> {
            throw new IllegalStateException("no patient comes to this fleet");
        });
        fleet = new Fleet(
                plan,
                new VisitTrace(0),
                gauge,
                maker,
                InstantSource.system(),
                SEED,
                (edge, loop) -> new NettyLine(network, edge, loop, gauge));
    }

    /// Enrols the devices; the hub starts after it, so that it need not read its registers twice.
    public static WaitingFleet enrol(Path data, int edges, Consumer<String> progress) throws IOException {
        Scenario nobody = new Scenario(
                "waiting",
                "edges that wait",
                edges,
                1,
                1,
                Scenario.Connect.BEFORE,
                0,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                List.of(),
                null,
                null,
                false,
                List.of());
        Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, nobody, edges, SEED);
        progress.accept("enrolling " + edges + " devices");
        return new WaitingFleet(
                plan,
                Identities.enrol(data, plan.clinics(), InstantSource.system().instant(), new SecureRandom()),
                progress);
    }

    /// Switches all on, some at a time.
    public void connect() throws InterruptedException, UnavailableException {
        await("connecting", () -> {
            int to = Math.min(fleet.size(), gauge.edgesConnected() + CONNECTING_MAX);
            if (to > started) {
                fleet.start(started, to);
                started = to;
            }
            return gauge.edgesConnected() == fleet.size();
        });
    }

    /// Cuts all lines at once and mends them; the edges come back as they do in life.
    public void dropLines() throws InterruptedException, UnavailableException {
        fleet.cut("", true);
        await("dropping", () -> gauge.edgesConnected() == 0);
        fleet.cut("", false);
        await("coming back", () -> gauge.edgesConnected() == fleet.size());
    }

    /// As if all edges were started anew.
    public void forgetTickets() {
        network.forgetTickets();
    }

    public long handshakes() {
        return gauge.handshakes();
    }

    public long resumed() {
        return gauge.resumed();
    }

    public String errors() {
        return gauge.errors().toString();
    }

    private void await(String what, BooleanSupplier done) throws InterruptedException, UnavailableException {
        long begun = System.nanoTime();
        long told = begun;
        while (!done.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(1);
            long now = System.nanoTime();
            if (now - told > TimeUnit.SECONDS.toNanos(TOLD_EVERY_SECONDS)) {
                told = now;
                progress.accept(what + ": " + gauge.edgesConnected() + " of " + fleet.size() + " edges connected");
            }
            if (now - begun > MAX.toNanos()) {
                throw new UnavailableException(what + " took too long: " + gauge.edgesConnected() + " of "
                        + fleet.size() + " edges connected, errors " + gauge.errors());
            }
        }
    }

    @Override
    public void close() {
        fleet.close();
        maker.close();
    }
}
