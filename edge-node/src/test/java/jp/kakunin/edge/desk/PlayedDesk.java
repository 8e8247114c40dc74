package jp.kakunin.edge.desk;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// One state of the desk on a real port, for a real browser.
public final class PlayedDesk implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final DeskState state;
    private final DeskFixture fixture;
    private final URI page;

    private PlayedDesk(DeskState state) throws Exception {
        this.state = state;
        this.fixture = new DeskFixture(state.clinics(), Runnable::run);
        state.setUp().accept(fixture);
        var server = new DeskServer(
                vertx,
                fixture.reception,
                new byte[32],
                "token",
                new Random(3),
                () -> {},
                () -> Instant.EPOCH,
                ActivationPages::add,
                DeskFixture.openDoor(),
                null);
        int port = server.start(0).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        this.page = URI.create("http://127.0.0.1:" + port + state.path().apply(fixture));
    }

    /// All there are, by name.
    public static List<String> names() {
        return DeskStates.all().stream().map(DeskState::name).toList();
    }

    public static PlayedDesk open(String name) throws Exception {
        return new PlayedDesk(DeskStates.all().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    public URI page() {
        return page;
    }

    /// Whether the page's form is sent before the state is there, and what is written into it.
    public boolean sends() {
        return state.sends();
    }

    public Map<String, String> typed() {
        return state.typed();
    }

    DeskFixture fixture() {
        return fixture;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
