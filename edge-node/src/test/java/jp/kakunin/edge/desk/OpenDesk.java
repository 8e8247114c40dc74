package jp.kakunin.edge.desk;

import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A desk on a real port, with a browser in front of it, for each test.
abstract class OpenDesk {
    static final String CLINIC = DeskFixture.CLINIC.digits();

    final DeskFixture desk = new DeskFixture();
    Browser browser;
    int port;
    private Vertx vertx;

    @BeforeEach
    void open_the_desk() throws Exception {
        vertx = Vertx.vertx();
        DeskServer server = new DeskServer(
                vertx,
                desk.reception,
                new byte[32],
                "token",
                new Random(3),
                () -> {},
                () -> Instant.EPOCH,
                _ -> {},
                DeskFixture.openDoor(),
                null);
        port = server.start(0).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        browser = new Browser(port);
    }

    @AfterEach
    void close_the_desk() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
