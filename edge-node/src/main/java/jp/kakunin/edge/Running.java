package jp.kakunin.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.kakunin.domain.IdSource;
import jp.kakunin.edge.activation.Renewal;
import jp.kakunin.edge.desk.Clinic;
import jp.kakunin.edge.desk.DeskServer;
import jp.kakunin.edge.desk.Reception;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Lan;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.receipt.ReceiptApi;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a started edge.
final class Running {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);
    private static final String VERSION = "0.1.0";
    private static final int DESK_TASKS_MAX = 1_024;
    private static final int CLOSE_SECONDS_MAX = 5;

    private final EdgeConfig config;
    private final World world;
    private final Vertx vertx;
    private final EdgeCore core;
    private final ThreadPoolExecutor deskThread;
    private final ThreadPoolExecutor receiptThread;
    private final DeskServer server;
    private final RenewalThread renewal;
    private final URI desk;

    private Running(
            EdgeConfig config,
            World world,
            Vertx vertx,
            EdgeCore core,
            ThreadPoolExecutor deskThread,
            ThreadPoolExecutor receiptThread,
            DeskServer server,
            RenewalThread renewal,
            URI desk) {
        this.config = config;
        this.world = world;
        this.vertx = vertx;
        this.core = core;
        this.deskThread = deskThread;
        this.receiptThread = receiptThread;
        this.server = server;
        this.renewal = renewal;
        this.desk = desk;
    }

    static Running start(
            EdgeConfig config,
            World world,
            EdgeIdentity identity,
            FactStore store,
            Vertx vertx,
            CompletableFuture<Void> stopWish,
            Runnable again)
            throws IOException, EdgeStartException {
        var port = new DeskPort(config);
        HubLink line = world.surroundings().lineToHub(vertx, identity);
        EdgeCore core = new EdgeCore(
                identity.clinicCodes(), store, line, world.clock(), world.uptime(), world.random(), VERSION);
        ThreadPoolExecutor deskThread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(DESK_TASKS_MAX),
                Thread.ofPlatform().name("desk").daemon().factory(),
                Running::refuseUnlessStopping);
        var door = new Door(config.folder(), config.door().lockAfter(), world.clock(), world.secrets());
        Reception reception = new Reception(
                identity.clinics().stream()
                        .map(clinic -> new Clinic(clinic.code(), clinic.name(), clinic.patientKey()))
                        .toList(),
                new CoreFacts(
                        core,
                        new SealedExports(
                                core,
                                () -> EdgeIdentity.read(config.identity()),
                                new IdSource(world.clock(), world.random()),
                                SealedExports.TAKE_SECONDS_MAX),
                        again),
                world.reader(),
                new AuthoritySealing(identity.authorityKey()),
                config.filingDay(),
                config.outageLimits(),
                new IdSource(world.clock(), world.random()),
                world.surroundings().timers(vertx),
                deskThread,
                door::isAttended);
        ThreadPoolExecutor receiptThread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                // What is put in is limited where requests come in.
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("receipt").daemon().factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        ReceiptApi receipt = new ReceiptApi(
                vertx,
                identity.clinicCodes(),
                new CoreReceipt(core),
                new ReceiptKeyFile(config.receiptKeys())::current,
                config.receiptFolders().of(identity.clinicCodes(), config.folder()),
                new IdSource(world.clock(), world.random()),
                world.clock(),
                receiptThread);
        String token = HexFormat.of().formatHex(DeskPort.secret(world.random()));
        DeskServer server = new DeskServer(
                vertx,
                reception,
                port.formSecret(world.random()),
                token,
                world.random(),
                () -> stopWish.complete(null),
                () -> EdgeIdentity.read(config.identity()).certificateEnd(),
                router -> {
                    markSandbox(config, router);
                    receipt.mount(router);
                },
                door,
                Lan.open(config.door(), config.folder(), config.lan(), world.clock(), world.secrets()));
        core.onBroken(stopWish::completeExceptionally);
        core.start();
        world.reader().onChange(state -> core.reader(condition(state)));
        core.reader(condition(world.reader().state()));
        reception.start();
        receipt.start();
        URI desk = URI.create("http://127.0.0.1:" + port.listen(server::start) + "/");
        new RunFile(ProcessHandle.current().pid(), desk.toString(), token).write(config.runFile());
        var renewal = new RenewalThread(new Renewal(config.identity(), core::now, world.secrets(), line::renewed));
        renewal.start();
        return new Running(config, world, vertx, core, deskThread, receiptThread, server, renewal, desk);
    }

    URI desk() {
        return desk;
    }

    /// In the order in which work flows, so that nothing is taken on that cannot be finished.
    void stop() {
        finish("desk", server.stop());
        world.reader().close();
        leave();
    }

    /// Everything but the reader, which the next desk of this process goes on with.
    void leave() {
        finish("desk", server.stop());
        renewal.stop();
        deskThread.shutdown();
        receiptThread.shutdown();
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

    /// What still arrives while the edge stops is of no use any more.
    private static void refuseUnlessStopping(Runnable task, ThreadPoolExecutor desk) {
        if (!desk.isShutdown()) {
            throw new RejectedExecutionException("more than " + DESK_TASKS_MAX + " things to do at the desk");
        }
    }

    /// So that nobody takes a vendor's test data for a clinic's.
    private static void markSandbox(EdgeConfig config, Router router) {
        if (Files.exists(config.sandbox())) {
            router.route("/receipt/*").handler(routing -> {
                routing.response().putHeader("Kakunin-Sandbox", "synthetic data");
                routing.next();
            });
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
