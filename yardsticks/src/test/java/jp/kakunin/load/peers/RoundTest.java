package jp.kakunin.load.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoundTest {
    private static final Offer.Source SOURCE = new Offer.Source(3, Instant.parse("2026-11-20T03:00:00Z"));
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path root;

    @Test
    void counts_what_was_acknowledged_and_finds_it_again() throws Exception {
        RememberedPeer peer = new RememberedPeer(null);
        Ledger ledger = new Ledger();
        peer.start();

        Round.Figures figures = Round.run(peer, clients(peer, 2), SOURCE.of(0, 2, 10, 400), LONG, ledger);

        assertThat(figures.facts()).isBetween(10L, 400L);
        assertThat(figures.pushMicros().getTotalCount()).isEqualTo(figures.facts() / 10);
        Ledger.Balance balance = ledger.compare(peer);
        assertThat(balance.missing()).isZero();
        assertThat(balance.doubled()).isZero();
        assertThat(balance.acknowledged()).isBetween(figures.facts() * 9 / 10, figures.facts());
    }

    @Test
    void what_a_peer_loses_or_doubles_is_found() throws Exception {
        assertThat(balance(RememberedPeer.Fault.LOSES).missing()).isPositive();
        assertThat(balance(RememberedPeer.Fault.DOUBLES).doubled()).isPositive();
    }

    @Test
    void a_refused_push_ends_the_measurement() {
        RememberedPeer down = new RememberedPeer(null);

        assertThatThrownBy(() -> Round.run(down, clients(down, 1), SOURCE.of(0, 1, 10, 100), LONG, new Ledger()))
                .hasMessage("killed");
    }

    @Test
    void a_kill_shows_what_was_only_acknowledged() throws Exception {
        KillLoop loop = new KillLoop(new TemporaryFolder(root), SOURCE, new SplittableRandom(1), 2);

        assertThat(loop.run(1, _ -> new RememberedPeer(RememberedPeer.Fault.FORGETS_WHEN_KILLED))
                        .missing())
                .isPositive();
        Ledger.Balance kept = loop.run(2, _ -> new RememberedPeer(null));
        assertThat(kept.missing()).isZero();
        assertThat(kept.acknowledged()).isPositive();
    }

    private static Ledger.Balance balance(RememberedPeer.Fault fault) throws Exception {
        RememberedPeer peer = new RememberedPeer(fault);
        Ledger ledger = new Ledger();
        peer.start();
        var _ = Round.run(peer, clients(peer, 1), SOURCE.of(0, 1, 10, 1_000), LONG, ledger);
        return ledger.compare(peer);
    }

    private static List<Peer.Client> clients(Peer peer, int count) throws Exception {
        return count == 1 ? List.of(peer.connect(0)) : List.of(peer.connect(0), peer.connect(1));
    }
}
