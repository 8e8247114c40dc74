package jp.kakunin.load.hotpath;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.http.HttpLimits;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.bench.ProcessCost;
import jp.kakunin.load.bench.SilentHubCommand;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.replay.Machine;
import org.jspecify.annotations.Nullable;

/// A real hub with its own process, and the event loops from which it is pushed and read. The machine is shared with
/// the
/// generator, so what both cost is told.
final class Rig implements AutoCloseable {
    static final List<String> SILENT_HUB = List.of("load", "bench", SilentHubCommand.NAME);

    /// A measurement ends before the disk is full.
    private static final long DISK_FREE_BYTES_MIN = 4L << 30;

    private static final long CONNECT_SECONDS_MAX = 120;
    private static final long STOP_SECONDS_MAX = 60;
    private static final long POLL_MILLIS = 5;
    private static final long QUIET_MILLIS = 50;
    private static final long SHUTDOWN_SECONDS_MAX = 5;

    private final LoadHub hub;
    private final Path launcher;
    private final Machine machine;
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(Wire.ioHandlers());
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom secrets = new SecureRandom();
    private final List<Driver<?>> drivers = new ArrayList<>();

    private Rig(LoadHub hub, Path launcher, Machine machine) {
        this.hub = hub;
        this.launcher = launcher;
        this.machine = machine;
    }

    /// @param data a folder that is kept, or null for one that goes away
    static Rig open(@Nullable Path data, PrintWriter out) throws IOException, UnavailableException {
        Path launcher = Launcher.path();
        if (data != null) {
            Files.createDirectories(data);
        }
        LoadHub hub = LoadHub.prepare(data, 0);
        hub.closeOnExit();
        Machine machine = Machine.look(hub.root(), launcher.resolveSibling("."));
        out.print(machine.text());
        out.flush();
        return new Rig(hub, launcher, machine);
    }

    /// @param command the launcher's, without the data folder
    void start(List<String> command) throws IOException, InterruptedException {
        hub.start(launcher, command);
    }

    void stop() {
        hub.stop();
    }

    /// As a power cut would end it, but for what the system has not written yet.
    void kill() throws InterruptedException {
        long pid = pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        while (pid() == pid) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /// Starts the hub and has a patient wait from the beginning.
    ///
    /// @return seconds until the first check was acknowledged, launcher and Java machine included
    double startUntilAcknowledged(List<String> command, Fleet.Device device, Fleet fleet)
            throws IOException, InterruptedException {
        if (pid() >= 0) {
            throw new IOException("a hub runs on " + hub.root() + " already: stop it first");
        }
        Foundry foundry = new Foundry(false, clock, secrets);
        IdSource ids = new IdSource(clock, secrets);
        var stream = new ClinicStream(device.clinics().getFirst(), ids.epoch(), ids.instance(), true, clock.instant());
        FirstCheck first = new FirstCheck(fleet, device, loop(), stream.next(foundry, 1));
        long begun = System.nanoTime();
        CompletableFuture<Long> acknowledged = first.whenAcknowledged(stream);
        start(command);
        return (await(acknowledged, CONNECT_SECONDS_MAX) - begun) / 1e9;
    }

    Path root() {
        return hub.root();
    }

    long pid() {
        return hub.pid();
    }

    JsonObject machine() {
        return machine.json();
    }

    InstantSource clock() {
        return clock;
    }

    EventLoop loop() {
        return loops.next();
    }

    Fleet enrol(int devices, int firstClinic, int clinics) throws IOException {
        return Fleet.enrol(hub.root(), devices, firstClinic, clinics, clock.instant(), secrets);
    }

    /// Connects all devices of a fleet, each as one running edge.
    Senders senders(Fleet fleet, Shape shape, Meter meter) throws IOException, InterruptedException {
        EventLoop loop = loop();
        SplittableRandom random = new SplittableRandom(shape.seed());
        Senders made = new Senders(loop, new Foundry(shape.mixed(), clock, random), meter, shape.facts());
        IdSource ids = new IdSource(clock, secrets);
        Instant now = clock.instant();
        for (Fleet.Device device : fleet.devices()) {
            Instance instance = ids.instance();
            List<ClinicStream> streams = device.clinics().stream()
                    .map(clinic -> new ClinicStream(clinic, ids.epoch(), instance, shape.live(), now))
                    .toList();
            made.add(await(fleet.connect(device, loop), CONNECT_SECONDS_MAX), streams, shape.underWayMax());
        }
        drivers.add(made.driver());
        return made;
    }

    /// Connects all devices of a fleet to read.
    ///
    /// @param next whom a device reads next
    /// @param underWay readings at once, of all devices together
    Readers readers(Fleet fleet, Function<Fleet.Device, Supplier<Readers.Asked>> next, int underWay, Meter meter)
            throws IOException, InterruptedException, UnavailableException {
        EventLoop loop = loop();
        Readers made = new Readers(loop, meter);
        int devices = Math.min(underWay, fleet.devices().size());
        int most = HttpLimits.DEFAULT.streamsMax() * devices;
        if (underWay > most) {
            throw new UnavailableException("a hub takes " + HttpLimits.DEFAULT.streamsMax()
                    + " requests at once on a connection, so " + devices + " devices can have " + most
                    + " readings under way, not " + underWay + ": lower --concurrency, or take more devices");
        }
        for (int i = 0; i < devices; i++) {
            Fleet.Device device = fleet.devices().get(i);
            Wire wire = await(fleet.connect(device, loop), CONNECT_SECONDS_MAX);
            made.add(wire, next.apply(device), underWay / devices + (i < underWay % devices ? 1 : 0));
        }
        drivers.add(made.driver());
        return made;
    }

    /// @param facts of one push
    /// @param mixed checks of all kinds, otherwise all with a card
    /// @param live a patient waits
    /// @param underWayMax pushes of one device at once
    /// @param seed of what the facts say; their ids are new in every run
    record Shape(int facts, boolean mixed, boolean live, int underWayMax, long seed) {}

    /// Lets a time pass, and tells what happened in it.
    Phase watch(Meter meter, long seconds) throws IOException, InterruptedException {
        var _ = meter.since();
        Windows windows = new Windows();
        long hubCpu = ProcessCost.cpuNanos(pid());
        long ownCpu = ProcessCost.cpuNanos(ProcessHandle.current().pid());
        long begun = System.nanoTime();
        windows.note(begun, meter.done());
        for (long second = 1; second <= seconds; second++) {
            TimeUnit.NANOSECONDS.sleep(begun + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
            windows.note(System.nanoTime(), meter.done());
            check();
        }
        return new Phase(
                windows,
                meter.since(),
                ProcessCost.cpuNanos(pid()) - hubCpu,
                ProcessCost.cpuNanos(ProcessHandle.current().pid()) - ownCpu);
    }

    void stop(Driver<?> which) throws IOException, InterruptedException {
        await(which.stop(), STOP_SECONDS_MAX);
        which.check();
    }

    /// @throws IOException if the hub is gone, answered anything wrong, or the disk is nearly full
    private void check() throws IOException {
        for (Driver<?> each : drivers) {
            each.check();
        }
        if (pid() < 0) {
            throw new IOException("the hub ended; its log is " + hub.root().resolve("log/hub.log"));
        }
        if (Files.getFileStore(hub.root()).getUsableSpace() < DISK_FREE_BYTES_MIN) {
            throw new IOException("the disk under " + hub.root() + " has less than " + (DISK_FREE_BYTES_MIN >> 30)
                    + " GiB left: measure for a shorter time, or set TMPDIR to a larger disk");
        }
    }

    /// What the hub's store takes on the disk.
    long storeBytes() throws IOException {
        return bytes(store());
    }

    /// The part of it that holds what a start has to take in again.
    long logBytes() throws IOException {
        try (Stream<Path> files = Files.list(store().resolve("db"))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(Rig::bytesOf)
                    .sum();
        }
    }

    private Path store() {
        return new HubFolder(hub.root()).store();
    }

    /// How often the store held writers back, by its own log.
    long stalls() throws IOException {
        Path log = store().resolve("db").resolve("LOG");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("Stalling writes") || line.contains("Stopping writes"))
                    .count();
        }
    }

    static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(Rig::bytesOf).sum();
        }
    }

    /// A store drops files while one looks.
    private static long bytesOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T extends @Nullable Object> T await(CompletableFuture<T> future, long secondsMax)
            throws IOException, InterruptedException {
        try {
            return future.get(secondsMax, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the hub did not take part: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("the hub did not answer within " + secondsMax + " s", e);
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(QUIET_MILLIS, TimeUnit.SECONDS.toMillis(SHUTDOWN_SECONDS_MAX), TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
        hub.close();
    }
}
