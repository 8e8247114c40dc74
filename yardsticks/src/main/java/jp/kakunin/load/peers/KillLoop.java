package jp.kakunin.load.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Kills a peer while clients push, starts it again on what is on the disk, and looks whether everything it
/// acknowledged is there. What was written and not synced outlives a process, but not the power: this finds programs
/// that
/// answer before they write.
final class KillLoop {
    /// Then it goes on in a new folder, so that reading back does not take longer and longer.
    private static final int KILLS_OF_ONE_FOLDER = 10;

    private static final int BATCH = 10;
    private static final int FACTS = 20_000;
    private static final int KILL_MILLIS_MAX = 400;

    private final TemporaryFolder root;
    private final Offer.Source source;
    private final RandomGenerator random;
    private final int clients;

    KillLoop(TemporaryFolder root, Offer.Source source, RandomGenerator random, int clients) {
        this.root = root;
        this.source = source;
        this.random = random;
        this.clients = clients;
    }

    @FunctionalInterface
    interface Opening {
        Peer open(Path folder) throws Exception;
    }

    /// The sum over all folders; a fact that is missing after several kills counts once for each.
    Ledger.Balance run(int kills, Opening opening) throws Exception {
        Ledger.Balance sum = new Ledger.Balance(0, 0, 0);
        for (int done = 0; done < kills; done += KILLS_OF_ONE_FOLDER) {
            try (TemporaryFolder folder = root.within("kills-" + done);
                    Peer peer = opening.open(folder.path().resolve("peer"))) {
                sum = sum.plus(run(done, Math.min(kills, done + KILLS_OF_ONE_FOLDER), peer));
            }
        }
        return sum;
    }

    private Ledger.Balance run(int from, int to, Peer peer) throws Exception {
        Ledger ledger = new Ledger();
        long missing = 0;
        peer.start();
        Ledger.Balance last = new Ledger.Balance(0, 0, 0);
        for (int kill = from; kill < to; kill++) {
            List<Peer.Client> connected = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                connected.add(peer.connect(i));
            }
            Round.runUntil(
                    () -> {
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(KILL_MILLIS_MAX));
                        peer.kill();
                    },
                    connected,
                    source.of(kill, clients, BATCH, FACTS),
                    ledger);
            connected.forEach(KillLoop::drop);
            peer.start();
            last = ledger.compare(peer);
            missing += last.missing();
        }
        return new Ledger.Balance(last.acknowledged(), missing, last.doubled());
    }

    /// Its server is dead, and it may complain about that.
    private static void drop(Peer.Client client) {
        try {
            client.close();
        } catch (Exception _) {
            Thread.interrupted();
        }
    }
}
