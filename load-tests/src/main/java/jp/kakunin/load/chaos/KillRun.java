package jp.kakunin.load.chaos;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.replay.CardPapers;
import jp.kakunin.load.replay.ClinicDay;
import jp.kakunin.load.replay.DeviceIdentity;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.up.DataDirectory;
import jp.kakunin.load.up.RunFile;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Kills a hub under load again and again, and looks after each time whether everything it acknowledged is there.
final class KillRun implements AutoCloseable {
    private static final int ACKNOWLEDGED_BEFORE_KILL_MAX = 60;
    private static final int KILL_MICROS_MAX = 20_000;
    private static final long BUSY_MILLIS_MAX = 60_000;
    private static final long IDLE_MILLIS_MAX = 120_000;
    private static final Duration BAD_DAY = Duration.ofSeconds(30);
    private static final long RESTART_MICROS_MAX = TimeUnit.MINUTES.toMicros(10);

    private final KillPlan plan;
    private final LoadHub folder;
    private final Victim hub;
    private final Victim authority;
    private final int authorityPort;
    private final @Nullable PowerCut power;
    private final Proxy line;
    private final Random random;
    private final Consumer<String> say;
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom secrets = new SecureRandom();
    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final List<KillEdge> edges = new ArrayList<>();
    private final Histogram restarts = new Histogram(RESTART_MICROS_MAX, 3);
    private final List<RunReport.Outage> outages = new ArrayList<>();
    private final Tally tally = new Tally();
    private final long begun = System.nanoTime();
    private int kills;

    /// @param shim of [PowerCut#compile]; null: the system keeps what was written
    KillRun(
            KillPlan plan,
            LoadHub folder,
            Path home,
            @Nullable Path shim,
            Path scratch,
            boolean noSync,
            Consumer<String> say)
            throws IOException, UnavailableException {
        this.plan = plan;
        this.folder = folder;
        this.say = say;
        this.random = new Random(plan.seed());
        this.authorityPort = freePort();
        DataDirectory directory = new DataDirectory(folder.root());
        String data = folder.root().toString();
        this.hub = new Victim(
                "hub",
                directory.log("hub"),
                home,
                "cloud-hub",
                noSync ? List.of("-Dkakunin.unsafeNoSync=true") : List.of(),
                List.of(
                        "--data",
                        data,
                        "--reconnect-spread",
                        "1",
                        "--authority",
                        "http://127.0.0.1:" + authorityPort + "/oqs"));
        this.authority = new Victim(
                "authority",
                directory.log("authority"),
                home,
                "load-tests",
                List.of(),
                List.of(
                        "authority",
                        "--registry",
                        data + "/hub/registry.csv",
                        "--work",
                        scratch.resolve("authority").toString(),
                        "--port",
                        String.valueOf(authorityPort)));
        this.power = shim == null ? null : new PowerCut(shim, folder.root().resolve("hub"), scratch);
        this.line = Proxy.to(folder.devices().getFirst().hub().getPort());
    }

    void interrupt() {
        interrupted.set(true);
    }

    record Result(
            int kills,
            boolean interrupted,
            Duration took,
            Tally tally,
            Findings findings,
            Histogram restarts,
            List<RunReport.Outage> outages) {}

    Result run() throws IOException, InterruptedException, KillEdge.UnreadableException {
        startHub();
        startAuthority();
        List<KillEdge> crew = List.of();
        while (kills < plan.times() && !interrupted.get() && took().compareTo(plan.longest()) < 0) {
            if (kills % KillPlan.KILLS_PER_CREW == 0) {
                crew = crew();
            }
            kill(crew);
            Findings now = new Findings();
            verify(crew, now);
            say.accept("kill " + kills + ": " + tally.acknowledged() + " facts acknowledged, missing now "
                    + now.missing() + (now.isGood() ? "" : " WRONG"));
        }
        say.accept("reading everything back");
        Duration took = took();
        Findings all = new Findings();
        verify(edges, all);
        return new Result(kills, interrupted.get(), took, tally, all, restarts, outages);
    }

    private void kill(List<KillEdge> crew) throws IOException, InterruptedException {
        crew.forEach(KillEdge::resume);
        try (BadDay _ = BadDay.begin(line, Trouble.seeded(random, BAD_DAY))) {
            long enough = tally.acknowledged() + 1 + random.nextInt(ACKNOWLEDGED_BEFORE_KILL_MAX);
            if (!tally.awaitAcknowledged(enough, BUSY_MILLIS_MAX)) {
                throw new IOException("the hub acknowledges nothing any more; its log is in " + folder.root() + "/log");
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(KILL_MICROS_MAX));
            hub.kill();
        }
        kills++;
        Duration from = took();
        boolean both = plan.authorityEvery() > 0 && kills % plan.authorityEvery() == 0;
        if (both) {
            authority.kill();
        }
        crew.forEach(KillEdge::pause);
        if (power != null) {
            var _ = power.cut();
        }
        long restart = System.nanoTime();
        startHub();
        restarts.recordValue(Math.min(RESTART_MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - restart)));
        outages.add(new RunReport.Outage("hub", power == null ? "killed" : "power cut", from, took()));
        if (both) {
            startAuthority();
            outages.add(new RunReport.Outage("authority", "killed", from, took()));
        }
    }

    private void verify(List<KillEdge> crew, Findings findings)
            throws IOException, InterruptedException, KillEdge.UnreadableException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS_MAX);
        while (!crew.stream().allMatch(KillEdge::isIdle)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("an edge gets no acknowledgement any more: " + tally.errors());
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        for (KillEdge edge : crew) {
            edge.verify(findings);
        }
    }

    private List<KillEdge> crew() {
        List<KillEdge> crew = new ArrayList<>();
        for (DeviceIdentity device : folder.devices().subList(edges.size(), edges.size() + plan.edges())) {
            CardPapers papers =
                    CardPapers.sealed(device.authority(), clock.instant().minus(Duration.ofDays(1)), secrets);
            Random own = new Random(random.nextLong());
            ClinicDay day = new ClinicDay(device.clinic(), clock, secrets, own, papers);
            crew.add(new KillEdge(vertx, device, line.port(), day, tally, clock, new Random(random.nextLong())));
        }
        edges.addAll(crew);
        return crew;
    }

    private void startHub() throws IOException, InterruptedException {
        Path run = new DataDirectory(folder.root()).hubRun();
        hub.start(
                power == null ? List.of() : power.environment(),
                pid -> () ->
                        RunFile.ofRunning(run).filter(each -> each.pid() == pid).isPresent());
    }

    private void startAuthority() throws IOException, InterruptedException {
        authority.start(List.of(), _ -> () -> listens(authorityPort));
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws IOException {
        edges.forEach(KillEdge::close);
        line.close();
        hub.close();
        authority.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
