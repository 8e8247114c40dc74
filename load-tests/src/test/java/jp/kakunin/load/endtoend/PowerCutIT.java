package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Network.CLINIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.chaos.PowerCut;
import jp.kakunin.load.chaos.Proxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// P1: what the screen or an acknowledgement said is recorded survives power loss at any instant. And the proof that
/// this test can fail: the same, with sync switched off.
class PowerCutIT {
    private static final long SEED = 20_261_122;
    private static final int ROUNDS = 4;
    private static final int RECORDED_BEFORE_CUT_MAX = 30;
    private static final int CUT_MICROS_MAX = 20_000;
    private static final List<String> SYNC = List.of();
    private static final List<String> NO_SYNC = List.of("-Dkakunin.unsafeNoSync=true");

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    private Path shim;

    @BeforeEach
    void compile() throws Exception {
        shim = PowerCut.compile(folder);
    }

    @Test
    void what_the_desk_called_recorded_survives_power_cuts_of_the_edge() throws Exception {
        assertThat(lostByEdge(ROUNDS, SYNC)).isEmpty();
    }

    @Test
    void an_edge_that_does_not_sync_is_found_out() throws Exception {
        assertThat(lostByEdge(1, NO_SYNC)).isNotEmpty();
    }

    @Test
    void what_was_acknowledged_survives_power_cuts_of_the_hub() throws Exception {
        assertThat(lostByHub(ROUNDS, SYNC)).isEmpty();
    }

    @Test
    void a_hub_that_does_not_sync_is_found_out() throws Exception {
        assertThat(lostByHub(1, NO_SYNC)).isNotEmpty();
    }

    /// The hub is never there, so that nothing can be had back from it.
    private List<String> lostByEdge(int rounds, List<String> javaOptions) throws Exception {
        Path site = folder.resolve("site");
        new HubNode(folder.resolve("hub")).enrol(site, CLINIC);
        List<String> recorded = new ArrayList<>();
        try (EdgeNode edge = EdgeNode.on(site)) {
            PowerCut power = new PowerCut(shim, edge.folder(), folder.resolve("power"));
            for (int round = 0; round < rounds; round++) {
                edge.start(power.environment(), javaOptions);
                try (Typist one = Typist.start(edge, CLINIC);
                        Typist two = Typist.start(edge, CLINIC)) {
                    one.awaitRecorded(1 + random.nextInt(RECORDED_BEFORE_CUT_MAX));
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(CUT_MICROS_MAX));
                    edge.kill();
                    recorded.addAll(one.stop());
                    recorded.addAll(two.stop());
                }
                power.cut();
            }
            edge.start();
            recorded.removeAll(edge.visitIds());
        }
        return recorded;
    }

    /// The line is cut while the hub is asked what it still has: the edge would give everything back.
    private List<String> lostByHub(int rounds, List<String> javaOptions) throws Exception {
        HubNode hub = new HubNode(folder.resolve("hub"));
        Path site = folder.resolve("site");
        hub.enrol(site, CLINIC);
        List<String> acknowledged = new ArrayList<>();
        PowerCut power = new PowerCut(shim, hub.folder(), folder.resolve("power"));
        hub.start(power.environment(), javaOptions);
        try (hub;
                Proxy line = Proxy.to(hub.port());
                EdgeNode edge = EdgeNode.on(site)) {
            edge.lookForHubAt(line.port());
            edge.start();
            for (int round = 0; round < rounds; round++) {
                edge.awaitLine("connected");
                try (Typist typist = Typist.start(edge, CLINIC)) {
                    typist.awaitRecorded(5 + random.nextInt(RECORDED_BEFORE_CUT_MAX));
                    awaitSomeSent(edge, acknowledged.size());
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(CUT_MICROS_MAX));
                    hub.kill();
                    line.unplug();
                }
                power.cut();
                acknowledged.clear();
                acknowledged.addAll(edge.sentVisitIds());
                hub.start(power.environment(), javaOptions);
                List<String> lost = new ArrayList<>(acknowledged);
                lost.removeAll(hub.visitIds(CLINIC));
                if (!lost.isEmpty()) {
                    return lost;
                }
                line.plug();
            }
            edge.awaitAllSent();
            assertThat(hub.visitIds(CLINIC)).containsAll(edge.visitIds());
        }
        return List.of();
    }

    private static void awaitSomeSent(EdgeNode edge, int before) throws Exception {
        Until.until("the hub acknowledges", () -> edge.sentVisitIds().size() > before);
    }
}
