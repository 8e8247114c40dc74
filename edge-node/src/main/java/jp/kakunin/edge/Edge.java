package jp.kakunin.edge;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.kakunin.edge.disk.SecretFiles;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityException;
import jp.kakunin.edge.store.Durability;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.RocksFactStore;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.edge.store.StoreInUseException;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One edge node: reader, desk, store and exchange, put together. Started once, stopped once.
public final class Edge {
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    private final EdgeConfig config;
    private final World world;
    private final CompletableFuture<Void> stopWish = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private @Nullable Running running;
    private @Nullable Unactivated unactivated;
    private @Nullable RunLock lock;

    public Edge(EdgeConfig config, World world) {
        this.config = config;
        this.world = world;
    }

    /// Returns when the desk can be opened. Whether there is a hub or a reader does not matter. Without an
    /// identity there are pages to get one, and the desk follows by itself.
    public synchronized URI start() throws EdgeStartException {
        try {
            lock = RunLock.tryTake(config.runLock(), ProcessHandle.current().pid());
            if (lock == null) {
                throw inUse(null);
            }
            if (!config.isActivated()) {
                Unactivated pages = Unactivated.start(config, world, vertx(), stopWish, this::activated);
                unactivated = pages;
                return pages.desk();
            }
            return startRunning();
        } catch (StoreInUseException e) {
            throw inUse(e);
        } catch (StoreFullException e) {
            throw new EdgeStartException("the disk under " + config.data() + " is full; make space and start again", e);
        } catch (VaultException e) {
            throw new EdgeStartException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new EdgeStartException("cannot read or write under " + config.folder() + ": " + e.getMessage(), e);
        } finally {
            if (running == null && unactivated == null) {
                release();
            }
        }
    }

    private URI startRunning() throws EdgeStartException, StoreInUseException, StoreFullException, IOException {
        EdgeIdentity identity = identity();
        if (config.durability() != Durability.SYNC) {
            LOG.error("kakunin.unsafeNoSync is set: whatever is recorded now is lost when the power fails. Never use it"
                    + " outside tests");
        }
        ClinicKeys keys = ClinicKeys.open(new KeyFolder(config.monthKeys(), SecretFiles.ofSystem()), world.secrets());
        FactStore store = RocksFactStore.open(config.store(), keys, config.durability());
        Running started = Running.start(config, world, identity, store, vertx(), stopWish, this::activateAgain);
        running = started;
        LOG.atInfo().addKeyValue("clinics", identity.clinics().size()).log("edge started");
        return started.desk();
    }

    /// The desk told so; the activation pages open in its place, and the identity stays until there is another.
    private void activateAgain() {
        Thread.ofPlatform().name("edge-activate-again").start(() -> {
            synchronized (this) {
                Running open = running;
                if (stopping.get() || open == null) {
                    return;
                }
                open.leave();
                running = null;
                try {
                    unactivated = Unactivated.start(config, world, vertx(), stopWish, this::activated);
                } catch (Exception e) {
                    LOG.atError().setCause(e).log("the activation pages could not be opened");
                    stopWish.completeExceptionally(e);
                }
            }
        });
    }

    /// The pages told so; the desk opens in their place. On a thread of its own, because the pages' threads end.
    private void activated() {
        Thread.ofPlatform().name("edge-activated").start(this::goOn);
    }

    private void goOn() {
        synchronized (this) {
            Unactivated pages = unactivated;
            if (stopping.get() || pages == null) {
                return;
            }
            pages.stop();
            unactivated = null;
            try {
                startRunning();
            } catch (Exception e) {
                LOG.atError().setCause(e).log("the activated edge could not start");
                stopWish.completeExceptionally(e);
            }
        }
    }

    private EdgeStartException inUse(@Nullable StoreInUseException cause) {
        String holder = RunLock.holder(config.runLock());
        return new EdgeStartException(
                "an edge node already runs on " + config.data()
                        + (holder.isEmpty() ? "" : " (process " + holder + ")")
                        + ". Nothing was changed. Stop that one with `edge stop`, or name another folder with --data",
                cause);
    }

    private synchronized void release() {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("the run lock could not be released");
            }
            lock = null;
        }
    }

    /// Completes when somebody asked the edge to stop over the local API; fails when it can no longer work.
    public CompletableFuture<Void> stopWish() {
        return stopWish;
    }

    public void stop() {
        if (stopping.compareAndSet(false, true)) {
            Running toStop;
            Unactivated pages;
            synchronized (this) {
                toStop = running;
                pages = unactivated;
            }
            if (pages != null) {
                pages.stop();
            }
            if (toStop == null) {
                world.reader().close();
                release();
            } else {
                toStop.stop();
                release();
            }
        }
    }

    private EdgeIdentity identity() throws EdgeStartException {
        try {
            return EdgeIdentity.read(config.identity());
        } catch (IdentityException e) {
            throw new EdgeStartException(
                    "this device's identity cannot be used: " + e.getMessage() + "\nPut the folder " + config.identity()
                            + " back, or have the office issue a new activation code and run:\n  ./kakunin edge activate"
                            + " --again --data " + config.data() + " --hub URL",
                    e);
        }
    }

    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }
}
