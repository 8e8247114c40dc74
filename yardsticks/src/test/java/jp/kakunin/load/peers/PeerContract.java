package jp.kakunin.load.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a comparison may rely on, whatever the program behind the peer. All tests share one start of it, so each has
/// clients and facts of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeerContract {
    private static final Offer.Source SOURCE = new Offer.Source(5, Instant.parse("2026-11-20T03:00:00Z"));
    private static final int BATCH = 20;
    private static final int FACTS = 200;

    private Peer peer = new RememberedPeer(null);
    private int clients;

    abstract Peer open(Path folder) throws Exception;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        peer = open(folder.resolve("peer"));
        peer.start();
    }

    @AfterAll
    void close() throws Exception {
        peer.close();
    }

    @Test
    void holds_what_it_acknowledged() throws Exception {
        List<Made> facts = pushed(clients++);

        assertThat(held()).containsAll(ids(facts));
    }

    @Test
    void holds_a_fact_that_is_sent_again_as_often_as_it_says() throws Exception {
        int client = clients++;
        List<Made> facts = pushed(client);
        try (Peer.Client again = peer.connect(client)) {
            again.push(facts.subList(0, BATCH));
            again.push(List.of(facts.getFirst(), facts.getFirst()));
        }

        List<FactId> held = held();

        assertThat(times(facts.getLast(), held)).isOne();
        assertThat(times(facts.get(BATCH - 1), held)).isEqualTo(peer.nature().dedups() ? 1 : 2);
        assertThat(times(facts.getFirst(), held)).isEqualTo(peer.nature().dedups() ? 1 : 4);
    }

    @Test
    void holds_what_it_acknowledged_after_a_kill() throws Exception {
        int client = clients++;
        List<Made> facts = pushed(client);

        peer.kill();
        peer.start();

        assertThat(held()).containsAll(ids(facts));
        try (Peer.Client again = peer.connect(client)) {
            again.push(facts.subList(0, BATCH));
        }
        assertThat(times(facts.getFirst(), held())).isEqualTo(peer.nature().dedups() ? 1 : 2);
    }

    @Test
    void says_what_it_is_and_from_where_that_is_known() throws Exception {
        Peer.Nature nature = peer.nature();

        assertThat(nature.version()).matches(".+ [0-9]+[.].+");
        assertThat(nature.known()).isNotBlank();
        assertThat(nature.dedup()).isNotBlank();
    }

    @Test
    void tells_what_it_costs() throws Exception {
        long before = peer.cpuNanos();

        var _ = pushed(clients++);

        assertThat(peer.cpuNanos()).isGreaterThanOrEqualTo(before).isPositive();
    }

    /// Facts with attachment and without, each once.
    private List<Made> pushed(int client) throws Exception {
        List<List<Made>> pushes = SOURCE.of(client, client + 1, BATCH, FACTS * (client + 1))
                .get(client)
                .pushes();
        List<Made> sent = new ArrayList<>();
        try (Peer.Client connection = peer.connect(client)) {
            for (List<Made> push : pushes) {
                List<Made> fresh =
                        push.stream().filter(made -> !sent.contains(made)).toList();
                connection.push(fresh);
                sent.addAll(fresh);
            }
        }
        assertThat(sent).anyMatch(made -> made.attachment() != null).anyMatch(made -> made.attachment() == null);
        return sent;
    }

    private List<FactId> held() throws Exception {
        List<FactId> held = new ArrayList<>();
        peer.read(held::add);
        return held;
    }

    private static List<FactId> ids(List<Made> facts) {
        return facts.stream().map(Made::id).toList();
    }

    private static long times(Made made, List<FactId> held) {
        return held.stream().filter(made.id()::equals).count();
    }
}
