package jp.kakunin.hub;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.IdSource;
import jp.kakunin.hub.activation.Activation;
import jp.kakunin.hub.authority.Asker;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityHealth;
import jp.kakunin.hub.clock.BusinessClock;
import jp.kakunin.hub.clock.LastSeen;
import jp.kakunin.hub.clock.UnbelievableClockException;
import jp.kakunin.hub.console.ConsoleServer;
import jp.kakunin.hub.console.OperatorPassword;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.enrolment.Ports;
import jp.kakunin.hub.erasure.MonthEnd;
import jp.kakunin.hub.erasure.Receipts;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.QuarantineReview;
import jp.kakunin.hub.export.SealedExports;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.http.ExchangeServer;
import jp.kakunin.hub.http.Network;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.metrics.HubMetrics;
import jp.kakunin.hub.metrics.MeasuredJournal;
import jp.kakunin.hub.metrics.OpenCounts;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.HubKeys;
import jp.kakunin.hub.pki.TicketKeys;
import jp.kakunin.hub.proof.AuditStubs;
import jp.kakunin.hub.proof.AuditedJournal;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One hub node: everything is put together here, and nowhere else.
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
    private static final int LISTEN_SECONDS_MAX = 30;
    private static final int CLOSE_SECONDS_MAX = 10;
    private static final int TOKEN_BYTES = 32;

    private final HubConfig config;
    private final HubWorld world;
    private final HubFolder folder;
    private final FleetView fleet = new FleetView();
    private final CompletableFuture<String> stopWish = new CompletableFuture<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable RunFile run;

    public Hub(HubConfig config, HubWorld world) {
        this.config = config;
        this.world = world;
        this.folder = new HubFolder(config.data());
    }

    /// Takes the data directory for this hub, so that its files may be written; [#start] does it if it was not done
    /// before.
    public synchronized void claim() throws HubStartException {
        if (!open.isEmpty()) {
            return;
        }
        try {
            takeRunLock();
        } catch (IOException e) {
            throw new HubStartException("the hub cannot use " + folder.root() + ": " + e.getMessage(), e);
        }
    }

    /// Returns when both ports are open. What was opened before a failure is closed again.
    public synchronized void start() throws HubStartException {
        if (run != null) {
            throw new IllegalStateException("this hub was started before");
        }
        try {
            claim();
            run = startParts();
        } catch (VaultException e) {
            stop();
            throw new HubStartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            stop();
            throw new HubStartException("the hub cannot use " + folder.root() + ": " + e.getMessage(), e);
        } catch (HubStartException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    /// Closes the ports, lets what is under way finish, and closes the journal. May be called at any time, and
    /// twice.
    public synchronized void stop() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.error("a part of the hub did not close", e);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// Completes with the reason when somebody asks this hub to stop, and exceptionally when its journal failed;
    /// whoever runs it then calls [#stop].
    public CompletableFuture<String> stopWish() {
        return stopWish;
    }

    public synchronized String exchangeUrl() {
        return running().exchange();
    }

    public synchronized String consoleUrl() {
        return running().console();
    }

    public synchronized RunFile running() {
        if (run == null) {
            throw new IllegalStateException("the hub was not started");
        }
        return run;
    }

    public FleetView fleet() {
        return fleet;
    }

    private void takeRunLock() throws IOException, HubStartException {
        @Nullable FolderLock lock = FolderLock.tryTake(folder.runLock());
        if (lock == null) {
            @Nullable RunFile other = RunFile.read(folder.runFile());
            throw new HubStartException("a hub already runs on " + config.data()
                    + (other == null ? "" : " (process " + other.pid() + ")")
                    + ". Nothing was changed. Stop that one with `hub stop`, or choose another folder with --data");
        }
        open.push(lock);
    }

    private RunFile startParts() throws IOException, HubStartException {
        var lastSeen = new LastSeen(folder.lastSeen());
        BusinessClock clock = clock(lastSeen);
        CertificateAuthority ca;
        HubKeys keys;
        Ports ports;
        OperatorPassword password;
        try (var _ = FolderLock.take(folder.setupLock())) {
            ca = CertificateAuthority.openOrMake(folder.ca(), world.secrets());
            keys = HubKeys.openOrMake(folder.keys(), world.secrets());
            ports = Ports.keep(folder.ports(), config.exchangePort(), config.consolePort());
            password = OperatorPassword.openOrMake(folder.operatorPassword(), world.secrets());
            ShippedRegistry.copyTo(folder.registry());
        }
        var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Network network = network(metrics);
        var threads = new Threads(config.shards());
        open.push(threads);
        if (config.durability() != Durability.SYNC) {
            LOG.error(
                    "kakunin.unsafeNoSync is set: whatever is acknowledged now is lost when the power fails. Never use it"
                            + " outside tests");
        }
        var monthKeys = MonthKeys.open(new KeyFolder(folder.monthKeys()), world.secrets());
        var store = RocksJournal.open(
                folder.store(), monthKeys, config.durability(), world.random(), HubMetrics.syncs(metrics));
        // A hub that can store nothing must not look alive: a new process finds out what is on the disk.
        var _ = store.failure().thenAccept(stopWish::completeExceptionally);
        Journal audited = config.auditMonths() == 0
                ? store
                : new AuditedJournal(store, new AuditStubs(folder.audit()), config.auditMonths(), threads.asker());
        var journal = new MeasuredJournal(audited, metrics);
        beneath(threads, journal);
        var directory = new FileDeviceDirectory(folder.clinics(), folder.devices());
        var exchange = new ExchangeService(
                config.exchange(),
                journal,
                directory,
                fleet,
                new AnswerSeal(keys.answerSeal()),
                new ProofNumbers(keys.proofNumbers(), world.secrets()),
                clock,
                world.random(),
                threads.shards(),
                threads);
        Authority authority = world.authority()
                .open(config.authority(), folder, keys.authority().getPrivate(), clock);
        beneath(threads, authority);
        var authorityHealth = new AuthorityHealth();
        var asker = new Asker(
                journal,
                authority,
                config.authority().questionsPerSecond(),
                exchange,
                threads.asker(),
                threads,
                clock,
                world.random(),
                authorityHealth);
        open.push(asker);
        exchange.onCommit(asker);
        asker.start();

        lastSeen.keep(clock, threads, threads.readers());
        open.push(() -> lastSeen.write(clock.instant()));
        var monthEnd = new MonthEnd(
                journal,
                new Receipts(folder.receipts()).signedWith(keys.receiptKey()),
                clock,
                threads,
                threads.readers());
        open.push(monthEnd);
        monthEnd.start();

        var review = new QuarantineReview(journal, exchange, threads, threads.readers());
        open.push(review);
        var _ = review.start();

        var history = new MonthHistory(journal, clock, threads.readers());
        var openCounts = new OpenCounts(journal, clock, threads.readers());
        HubMetrics.bind(metrics, fleet.counters(), network, openCounts);
        HubMetrics.time(metrics, monthEnd, clock);
        HubMetrics.bind(metrics, authorityHealth);
        var snapshots = new Snapshots(folder.snapshots(), world.random());
        snapshots.deleteLeftovers();
        var health = new DiskHealth(folder.store(), journal::isBroken, threads.readers());
        String token = token();
        var console = new ConsoleServer(
                network.vertx(),
                new ConsoleServer.Parts(
                        journal,
                        directory,
                        fleet,
                        history,
                        openCounts,
                        new SealedExports(
                                journal, ca.certificate(), directory, exchange, fleet.counters(), clock, threads),
                        metrics,
                        health,
                        password,
                        clock,
                        config.filingDay(),
                        world.secrets(),
                        threads.readers(),
                        token,
                        () -> snapshots.make(store),
                        () -> stopWish.complete("hub stop")));
        open.push(() -> await(console.close(), CLOSE_SECONDS_MAX));
        listen(console.listen(ports.console()), ports.console(), "--console-port");
        var activation = new Activation(
                folder, ca, keys, ports.exchangeUrl(), clock, new IdSource(clock, world.random()), world.secrets());
        var tickets = TicketKeys.open(folder.ticketKeys(), world.secrets(), clock.instant());
        tickets.keep(clock, threads, threads.readers());
        var server = new ExchangeServer(
                network.vertx(),
                ca,
                tickets,
                config.http(),
                directory,
                exchange::handle,
                history,
                activation,
                threads.activator(),
                authorityHealth,
                clock,
                config.filingDay());
        open.push(() -> await(server.close(), CLOSE_SECONDS_MAX));
        listen(server.listen(ports.exchange()), ports.exchange(), "--exchange-port");
        health.started();

        var file = new RunFile(
                ProcessHandle.current().pid(), ports.exchangeUrl(), "http://127.0.0.1:" + ports.console() + "/", token);
        file.write(folder.runFile());
        open.push(() -> Files.deleteIfExists(folder.runFile()));
        LOG.atInfo()
                .addKeyValue("exchange", file.exchange())
                .addKeyValue("console", file.console())
                .log("the hub is ready");
        return file;
    }

    private BusinessClock clock(LastSeen lastSeen) throws IOException, HubStartException {
        try {
            Instant seen = lastSeen.read();
            if (seen == null && Files.exists(folder.monthKeys()) && !config.clockIsRight()) {
                throw new HubStartException(
                        "this hub has month keys, but " + folder.lastSeen() + " is missing, so nothing tells"
                                + " whether this machine's clock is right, and by a wrong one months would be forgotten too early."
                                + " Compare it with another; if it is right, start once with --clock-is-right");
            }
            return new BusinessClock(world.clock(), world.uptime(), seen, config.clockIsRight());
        } catch (UnbelievableClockException e) {
            throw new HubStartException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Threads stop before what they read closes.
    private void beneath(Threads threads, AutoCloseable part) {
        open.pop();
        open.push(part);
        open.push(threads);
    }

    private Network network(PrometheusMeterRegistry registry) {
        var metrics = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setLabels(EnumSet.of(Label.LOCAL, Label.HTTP_CODE, Label.POOL_NAME))
                .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
                .addDisabledMetricsCategory(MetricsDomain.VERTICLES);
        var options = new VertxOptions()
                .setMetricsOptions(metrics)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
        var network = new Network(
                Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(registry)), config.http());
        open.push(() -> await(network.vertx().close(), CLOSE_SECONDS_MAX));
        return network;
    }

    private String token() {
        byte[] token = new byte[TOKEN_BYTES];
        world.secrets().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    private static void listen(Future<Integer> listening, int port, String option) throws HubStartException {
        try {
            await(listening, LISTEN_SECONDS_MAX);
        } catch (ExecutionException e) {
            if (isTaken(e.getCause())) {
                throw new HubStartException(
                        "port " + port + " is taken by another program; stop that, or choose another port with "
                                + option,
                        e);
            }
            throw new HubStartException("port " + port + " cannot be opened: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new HubStartException("port " + port + " did not open within " + LISTEN_SECONDS_MAX + " seconds", e);
        }
    }

    /// The native transport tells the same thing by an exception of its own.
    private static boolean isTaken(@Nullable Throwable cause) {
        return cause instanceof BindException
                || (cause instanceof IOException
                        && String.valueOf(cause.getMessage()).contains("in use"));
    }

    private static void await(Future<?> future, int secondsMax) throws ExecutionException, TimeoutException {
        try {
            future.toCompletionStage().toCompletableFuture().get(secondsMax, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the hub starts or stops", e);
        }
    }
}
