package jp.kakunin.edge.desk;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.kakunin.edge.door.Door;
import jp.kakunin.edge.door.Lan;
import jp.kakunin.edge.door.LanAddress;
import jp.kakunin.edge.door.LanCertificate;
import jp.kakunin.edge.door.Passcode;
import jp.kakunin.edge.door.Tablets;

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
        Path folder = Files.createTempDirectory("kakunin-played-desk");
        var server = new DeskServer(
                vertx,
                fixture.reception,
                new byte[32],
                "token",
                new Random(3),
                () -> {},
                () -> Instant.EPOCH,
                ActivationPages::add,
                state.outside() == DeskState.Outside.LOCK ? locked(folder) : DeskFixture.openDoor(),
                state.outside() == DeskState.Outside.TABLETS ? tablets(folder) : null);
        int port = server.start(0).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        this.page = URI.create("http://127.0.0.1:" + port + state.path().apply(fixture));
    }

    private static Door locked(Path folder) throws IOException {
        var door = new Door(folder, Duration.ofMinutes(10), () -> DeskFixture.MORNING, new Random(9));
        var _ = door.set(Objects.requireNonNull(Passcode.typed("1234")), Door.PC);
        return door;
    }

    private static Lan tablets(Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            LanAddress address = LanAddress.parse("127.0.0.2:" + free.getLocalPort());
            var tablets = new Tablets(folder, () -> DeskFixture.MORNING, new Random(8));
            tablets.begin("施術室1");
            var _ = tablets.pair(tablets.code());
            tablets.begin("施術室2");
            return new Lan(address, LanCertificate.openOrMake(folder, address, new SecureRandom()), tablets);
        }
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
