package jp.kakunin.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.IdSource;
import jp.kakunin.edge.desk.Clinic;
import jp.kakunin.edge.desk.DeskServer;
import jp.kakunin.edge.desk.Reception;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.exchange.ExchangeClient;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a started edge.
final class Running {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);
    private static final String VERSION = "0.1.0";
    private static final int DESK_TASKS_MAX = 1_024;
    private static final int SECRET_BYTES = 32;
    private static final int CLOSE_SECONDS_MAX = 5;

    private final EdgeConfig config;
    private final World world;
    private final Vertx vertx;
    private final EdgeCore core;
    private final ThreadPoolExecutor deskThread;
    private final DeskServer server;
    private final URI desk;

    private Running(
            EdgeConfig config,
            World world,
            Vertx vertx,
            EdgeCore core,
            ThreadPoolExecutor deskThread,
            DeskServer server,
            URI desk) {
        this.config = config;
        this.world = world;
        this.vertx = vertx;
        this.core = core;
        this.deskThread = deskThread;
        this.server = server;
        this.desk = desk;
    }

    static Running start(
            EdgeConfig config,
            World world,
            EdgeIdentity identity,
            FactStore store,
            Vertx vertx,
            CompletableFuture<Void> stopWish)
            throws IOException, EdgeStartException {
        long started = System.nanoTime();
        EdgeCore core = new EdgeCore(
                identity.clinicCodes(),
                store,
                new ExchangeClient(vertx, identity),
                world.clock(),
                () -> Duration.ofNanos(System.nanoTime() - started),
                world.random(),
                VERSION);
        ThreadPoolExecutor deskThread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(DESK_TASKS_MAX),
                Thread.ofPlatform().name("desk").daemon().factory(),
                Running::refuseUnlessStopping);
        Reception reception = new Reception(
                identity.clinics().stream()
                        .map(clinic -> new Clinic(clinic.code(), clinic.name(), clinic.patientKey()))
                        .toList(),
                new CoreFacts(core, new SealedExports(core, identity, new IdSource(world.clock(), world.random()))),
                world.reader(),
                new AuthoritySealing(identity.authorityKey()),
                config.filingDay(),
                config.outageLimits(),
                new IdSource(world.clock(), world.random()),
                (delay, action) -> vertx.setTimer(delay.toMillis(), _ -> action.run()),
                deskThread);
        String token = HexFormat.of().formatHex(bytes(world.random()));
        DeskServer server = new DeskServer(
                vertx,
                reception,
                formSecret(config, world.random()),
                token,
                world.random(),
                () -> stopWish.complete(null));
        core.onBroken(stopWish::completeExceptionally);
        core.start();
        world.reader().onChange(state -> core.reader(condition(state)));
        core.reader(condition(world.reader().state()));
        reception.start();
        URI desk = URI.create("http://127.0.0.1:" + listen(config, server) + "/");
        new RunFile(ProcessHandle.current().pid(), desk.toString(), token).write(config.runFile());
        return new Running(config, world, vertx, core, deskThread, server, desk);
    }

    URI desk() {
        return desk;
    }

    /// In the order in which work flows, so that nothing is taken on that cannot be finished.
    void stop() {
        finish("desk", server.stop());
        world.reader().close();
        deskThread.shutdown();
        core.stop("stopped");
        finish("network", vertx.close());
        try {
            Files.deleteIfExists(config.runFile());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the run file could not be removed");
        }
        LOG.info("edge stopped");
    }

    private static void finish(String part, Future<Void> closing) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            LOG.atWarn().addKeyValue("part", part).setCause(e).log("did not close in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The port of the last start if it is still free, so that open pages find the desk again.
    private static int listen(EdgeConfig config, DeskServer server) throws IOException, EdgeStartException {
        int wanted = config.port();
        if (wanted == 0) {
            int kept = keptPort(config);
            wanted = isFree(kept) ? kept : 0;
        }
        int port;
        try {
            // A server listens once: it cannot be asked again for another port.
            port = server.start(wanted)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new EdgeStartException(
                    "port " + wanted + " is taken; choose another with --port, or none to get a free one", e);
        }
        PrivateFile.write(config.deskPort(), port + "\n");
        return port;
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int keptPort(EdgeConfig config) throws IOException {
        if (!Files.exists(config.deskPort())) {
            return 0;
        }
        String text = Files.readString(config.deskPort()).strip();
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static byte[] formSecret(EdgeConfig config, RandomGenerator random) throws IOException {
        if (Files.exists(config.formSecret()) && Files.size(config.formSecret()) == SECRET_BYTES) {
            return Files.readAllBytes(config.formSecret());
        }
        byte[] secret = bytes(random);
        PrivateFile.write(config.formSecret(), secret);
        return secret;
    }

    private static byte[] bytes(RandomGenerator random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /// What still arrives while the edge stops is of no use any more.
    private static void refuseUnlessStopping(Runnable task, ThreadPoolExecutor desk) {
        if (!desk.isShutdown()) {
            throw new RejectedExecutionException("more than " + DESK_TASKS_MAX + " things to do at the desk");
        }
    }

    private static ReaderCondition condition(ReaderState state) {
        return switch (state) {
            case NO_SERVICE -> ReaderCondition.NO_SERVICE;
            case NO_READER -> ReaderCondition.NO_READER;
            case EMPTY -> ReaderCondition.EMPTY;
            case CARD -> ReaderCondition.CARD;
            case UNREADABLE -> ReaderCondition.UNREADABLE;
            case NOT_A_MY_NUMBER_CARD -> ReaderCondition.NOT_A_MY_NUMBER_CARD;
        };
    }
}
