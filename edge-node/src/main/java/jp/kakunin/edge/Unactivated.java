package jp.kakunin.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.kakunin.edge.activation.Activator;
import jp.kakunin.edge.desk.ActivationServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An edge that has no identity yet, or is to get another: pages for that, and nothing else.
final class Unactivated {
    private static final Logger LOG = LoggerFactory.getLogger(Unactivated.class);
    private static final int CLOSE_SECONDS_MAX = 5;

    private final EdgeConfig config;
    private final Vertx vertx;
    private final ActivationServer server;
    private final URI desk;

    private Unactivated(EdgeConfig config, Vertx vertx, ActivationServer server, URI desk) {
        this.config = config;
        this.vertx = vertx;
        this.server = server;
        this.desk = desk;
    }

    /// @param activated called when there is an identity, or is still the one from before; by then the page that
    /// says so was sent
    static Unactivated start(
            EdgeConfig config, World world, Vertx vertx, CompletableFuture<Void> stopWish, Runnable activated)
            throws IOException, EdgeStartException {
        var port = new DeskPort(config);
        String token = HexFormat.of().formatHex(DeskPort.secret(world.random()));
        var server = new ActivationServer(
                vertx,
                new Activator(config.identity(), world.clock(), world.secrets(), () -> FormerClinic.forget(config)),
                port.formSecret(world.random()),
                token,
                world.random(),
                () -> stopWish.complete(null),
                activated,
                config.isActivated());
        URI desk = URI.create("http://127.0.0.1:" + port.listen(server::start) + "/");
        new RunFile(ProcessHandle.current().pid(), desk.toString(), token).write(config.runFile());
        LOG.info("the activation pages are open");
        return new Unactivated(config, vertx, server, desk);
    }

    URI desk() {
        return desk;
    }

    /// The port first: while the loops end, a connection taken by it would never be answered.
    void stop() {
        finish(server.stop());
        finish(vertx.close());
        try {
            Files.deleteIfExists(config.runFile());
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the run file could not be removed");
        }
    }

    private static void finish(Future<Void> closing) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.atWarn().setCause(e).log("the activation pages did not close in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
