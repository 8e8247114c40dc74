package jp.kakunin.load.peers;

import static jp.kakunin.load.ExitCode.FAILED;
import static jp.kakunin.load.ExitCode.OK;
import static jp.kakunin.load.ExitCode.UNAVAILABLE;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.bench.BenchReport;
import jp.kakunin.load.replay.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The same facts given to the hub and to programs that others would use for it.
@Command(
        name = "peers",
        customSynopsis = "./kakunin load peers [OPTIONS]",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = {
            "Give the same facts to the hub and to programs that others would use for it, each set",
            "up to sync before it acknowledges, and compare facts a second, latency and processor",
            "time. What each acknowledged is read back. Exit code 1: something acknowledged was",
            "lost, or kept twice where it must not; 69: a peer is not installed."
        })
final class PeersCommand implements Callable<Integer> {
    /// Before anything is measured: a Java program is slow until it has done its work some ten thousand times.
    private static final int WARM_UP_FACTS = 60_000;
    private static final Duration WARM_UP_MAX = Duration.ofSeconds(20);
    private static final int FIRST_ROUND_FACTS = 30_000;
    private static final int ROUND_FACTS_MAX = 300_000;
    private static final int KILL_CLIENTS = 8;
    /// PostgreSQL is given some connections more.
    private static final int CLIENTS_MAX = 150;
    /// What the exchange takes in one push.
    private static final int BATCH_MAX = 500;
    private static final int SECONDS_MAX = 600;
    private static final int REPEATS_MAX = 100;
    /// More than the last round's rate would take, so that the time ends a round and not the facts.
    private static final double RESERVE = 1.4;

    @Option(
            names = "--only",
            paramLabel = "NAMES",
            split = ",",
            description = "Of kakunin, postgresql, artemis, kafka, nats, redis (default: all).")
    private List<String> only = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "Of one round (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds of each load that count, after one that does not (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(
            names = "--clients",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,16,64",
            description = "Connections, each with a clinic of its own (default: ${DEFAULT-VALUE}).")
    private List<Integer> clients = List.of();

    @Option(
            names = "--batch",
            paramLabel = "B",
            split = ",",
            defaultValue = "1,50",
            description = "Facts of one push (default: ${DEFAULT-VALUE}).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "0",
            description = "Instead: end each peer N times by kill -9 under load and look for what it acknowledged.")
    private int kills;

    @Option(
            names = "--install",
            description = "First install what is missing, as ops/install-peers does; needs root or sudo.")
    private boolean install;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "What the facts say and when kills come (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private BenchReport report = new BenchReport();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Candidate> wanted = wanted();
        Path launcher = Launcher.path();
        PrintWriter out = spec.commandLine().getOut();
        if (install) {
            install(launcher.resolveSibling("ops").resolve("install-peers"));
        }
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            folder.closeOnExit();
            Machine machine = Machine.look(folder.path(), launcher.resolveSibling("."));
            out.print(machine.text());
            out.flush();
            return kills > 0
                    ? kill(wanted, launcher, folder, machine, out)
                    : measure(wanted, launcher, folder, machine, out);
        }
    }

    private int measure(List<Candidate> wanted, Path launcher, TemporaryFolder root, Machine machine, PrintWriter out)
            throws Exception {
        PeersReport results = new PeersReport();
        boolean failed = false;
        for (Candidate candidate : wanted) {
            Optional<String> missing = candidate.missing();
            if (missing.isPresent()) {
                say(out, candidate.label() + " " + missing.get());
                results.add(new PeersReport.Absent(candidate, missing.get()));
                continue;
            }
            try (TemporaryFolder folder = root.within(candidate.label());
                    Peer peer = candidate.open(launcher, folder.path().resolve("peer"), Collections.max(clients))) {
                peer.start();
                measure(candidate, peer, results, out);
            } catch (Exception e) {
                // The figures of the others are good all the same.
                failed = true;
                results.add(new PeersReport.Absent(candidate, "not to the end: " + e));
            }
        }
        report.write("peers", results.json(machine, seed), results.text(), out);
        return failed || !results.isWhole() ? FAILED : results.isComplete() ? OK : UNAVAILABLE;
    }

    private void measure(Candidate candidate, Peer peer, PeersReport results, PrintWriter out) throws Exception {
        Offer.Source source = new Offer.Source(seed, InstantSource.system().instant());
        Ledger ledger = new Ledger();
        int round = 0;
        for (int connections : clients) {
            List<Peer.Client> connected = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                connected.add(peer.connect(i));
            }
            if (round == 0) {
                int batch = Collections.max(batches);
                List<Offer> offers = source.of(round++, connections, batch, WARM_UP_FACTS);
                var _ = Round.run(peer, connected, offers, WARM_UP_MAX, ledger);
            }
            for (int batch : batches) {
                List<Round.Figures> rounds = new ArrayList<>();
                int facts = FIRST_ROUND_FACTS;
                for (int i = 0; i <= repeats; i++) {
                    List<Offer> offers = source.of(round++, connections, batch, facts);
                    Round.Figures figures = Round.run(peer, connected, offers, Duration.ofSeconds(seconds), ledger);
                    facts = (int) Math.min(
                            ROUND_FACTS_MAX, Math.max(FIRST_ROUND_FACTS, figures.factsPerSecond() * seconds * RESERVE));
                    tell(out, candidate, connections, batch, i, figures);
                    if (i > 0) {
                        rounds.add(figures);
                    }
                }
                results.add(new PeersReport.Row(candidate, connections, batch, rounds));
            }
            for (Peer.Client each : connected) {
                each.close();
            }
        }
        say(out, candidate.label() + " reading back");
        results.add(new PeersReport.Kept(candidate, peer.nature(), ledger.compare(peer)));
    }

    private int kill(List<Candidate> wanted, Path launcher, TemporaryFolder root, Machine machine, PrintWriter out)
            throws Exception {
        Offer.Source source = new Offer.Source(seed, InstantSource.system().instant());
        KillLoop loop = new KillLoop(root, source, new SplittableRandom(seed), KILL_CLIENTS);
        JsonArray found = new JsonArray();
        StringBuilder text = new StringBuilder();
        int exit = OK;
        for (Candidate candidate : wanted) {
            Optional<String> missing = candidate.missing();
            if (missing.isPresent()) {
                text.append(String.format("%-11s NOT TRIED, %s%n", candidate.label(), missing.get()));
                found.add(new JsonObject().put("peer", candidate.label()).put("remedy", missing.get()));
                exit = Math.max(exit, UNAVAILABLE);
                continue;
            }
            say(out, candidate.label() + " is being killed");
            Ledger.Balance balance = loop.run(kills, folder -> candidate.open(launcher, folder, KILL_CLIENTS));
            text.append(String.format(
                    Locale.ROOT,
                    "%-11s %d kills, %,d acknowledged, %d missing, %,d doubled%n",
                    candidate.label(),
                    kills,
                    balance.acknowledged(),
                    balance.missing(),
                    balance.doubled()));
            found.add(new JsonObject()
                    .put("peer", candidate.label())
                    .put("kills", kills)
                    .put("acknowledged", balance.acknowledged())
                    .put("missing", balance.missing())
                    .put("doubled", balance.doubled()));
            if (candidate == Candidate.KAKUNIN && balance.missing() + balance.doubled() > 0) {
                exit = FAILED;
            }
        }
        text.append("A kill ends the process, not the power: what was written and not synced outlives it.\n");
        report.write(
                "peers-kills",
                new JsonObject()
                        .put("machine", machine.json())
                        .put("seed", seed)
                        .put("peers", found),
                text.toString(),
                out);
        return exit;
    }

    private List<Candidate> wanted() {
        check("--clients", clients, CLIENTS_MAX);
        check("--batch", batches, BATCH_MAX);
        check("--seconds", List.of(seconds), SECONDS_MAX);
        check("--repeats", List.of(repeats), REPEATS_MAX);
        if (only.isEmpty()) {
            return List.of(Candidate.values());
        }
        List<Candidate> named = new ArrayList<>();
        for (String name : only) {
            named.add(List.of(Candidate.values()).stream()
                    .filter(each -> each.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "--only knows no \"" + name + "\"; see --help for the names")));
        }
        return named;
    }

    private void check(String option, List<Integer> values, int max) {
        for (int value : values) {
            if (value < 1 || value > max) {
                throw new ParameterException(
                        spec.commandLine(), option + " must be from 1 to " + max + ", was " + value);
            }
        }
    }

    private static void install(Path script) throws IOException, InterruptedException, UnavailableException {
        if (new ProcessBuilder(script.toString()).inheritIO().start().waitFor() != 0) {
            throw new UnavailableException("not everything could be installed; see above");
        }
    }

    private static void tell(
            PrintWriter out, Candidate candidate, int clients, int batch, int round, Round.Figures figures) {
        say(
                out,
                String.format(
                        Locale.ROOT,
                        "%-11s %2d clients, batches of %2d, %s: %,.0f facts/s",
                        candidate.label(),
                        clients,
                        batch,
                        round == 0 ? "warm-up" : "round " + round,
                        figures.factsPerSecond()));
    }

    private static void say(PrintWriter out, String words) {
        out.println(words);
        out.flush();
    }
}
