package jp.kakunin.load.up;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One running system under a data directory: the processes `up` has started and the card it holds.
final class Instance implements AutoCloseable {
    private static final long WATCH_MILLIS = 200;

    private final DataDirectory directory;
    private final Path launcher;
    private final UpCommand.CardKind kind;
    private final PrintWriter out;
    private volatile @Nullable NodeProcess hub;
    private @Nullable NodeProcess edge;
    private @Nullable CardPlace cards;

    Instance(DataDirectory directory, Path launcher, UpCommand.CardKind kind, PrintWriter out) {
        this.directory = directory;
        this.launcher = launcher;
        this.kind = kind;
        this.out = out;
    }

    void startHub(List<String> ports) throws IOException, InterruptedException {
        say("starting the hub");
        NodeProcess started = start(List.of("hub"), ports);
        hub = started;
        started.awaitReady(() -> RunFile.ofRunning(directory.hubRun()).isPresent());
    }

    /// Gives the edge node its identity, once: the clinics it speaks for and its certificate.
    void enrolOnce(List<String> clinics) throws IOException, InterruptedException {
        if (Files.exists(directory.identity())) {
            return;
        }
        say("enrolling the edge node");
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(), "hub", "enrol", "--data", directory.root().toString()));
        clinics.forEach(clinic -> command.addAll(List.of("--clinic", clinic)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Process enrol = builder.start();
        String said = new String(enrol.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (enrol.waitFor() != 0) {
            throw new IOException("the edge node could not be enrolled:\n" + said);
        }
    }

    void startEdge(List<String> ports) throws Exception {
        say("putting up the card reader");
        CardPlace place = CardPlace.find(directory, kind);
        cards = place;
        say(place.description());
        say("starting the edge node");
        NodeProcess started = start(place.edge(), ports);
        edge = started;
        started.awaitReady(() -> RunFile.ofRunning(directory.edgeRun()).isPresent());
    }

    /// The hub, as something that can be taken away and brought back.
    SandboxDay.Centre centre() {
        return new SandboxDay.Centre() {
            @Override
            public void away() {
                NodeProcess there = hub;
                if (there != null) {
                    there.close();
                }
            }

            @Override
            public void back() throws IOException, InterruptedException {
                if (RunFile.ofRunning(directory.hubRun()).isEmpty()) {
                    startHub(List.of());
                }
            }
        };
    }

    void announce() throws IOException {
        out.println();
        out.println("desk: " + address(directory.edgeRun(), "desk"));
        out.println("console: " + address(directory.hubRun(), "console") + "  (password in "
                + directory.root().resolve("hub").resolve("operator-password") + ")");
        out.println();
        out.println("Put a card on the reader with ./kakunin card tap" + dataOption() + "; take the hub away with"
                + " ./kakunin hub stop" + dataOption() + ". Ctrl-C ends everything.");
        out.flush();
    }

    /// Watches until told to end, and says when a part goes away or comes back: that is part of what can be tried.
    void runUntil(CountDownLatch ended) throws InterruptedException {
        boolean hubWasThere = true;
        boolean edgeWasThere = true;
        while (!ended.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
            boolean hubThere = RunFile.ofRunning(directory.hubRun()).isPresent();
            boolean edgeThere = RunFile.ofRunning(directory.edgeRun()).isPresent();
            sayChange("hub", hubWasThere, hubThere);
            sayChange("edge", edgeWasThere, edgeThere);
            hubWasThere = hubThere;
            edgeWasThere = edgeThere;
        }
        say("stopping");
    }

    /// The edge node goes first, so that it can say goodbye to the hub.
    @Override
    public void close() throws IOException {
        if (edge != null) {
            edge.close();
        }
        if (cards != null) {
            cards.close();
        }
        if (hub != null) {
            hub.close();
        }
    }

    private NodeProcess start(List<String> program, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(program);
        arguments.addAll(List.of("--data", directory.root().toString()));
        arguments.addAll(options);
        return NodeProcess.start(program.getFirst(), launcher, directory.log(program.getFirst()), arguments);
    }

    private void sayChange(String part, boolean was, boolean is) {
        if (was && !is) {
            say(part + " has gone; bring it back with ./kakunin " + part + dataOption());
        } else if (!was && is) {
            say(part + " is back");
        }
    }

    private String dataOption() {
        Path usual = DataDirectory.inDataHome(System.getenv(), System.getProperty("user.home"));
        return usual.equals(directory.root()) ? "" : " --data " + directory.root();
    }

    private static String address(Path run, String key) throws IOException {
        return RunFile.ofRunning(run)
                .orElseThrow(() -> new IOException("ended at once"))
                .text(key);
    }

    private void say(String words) {
        out.println(words);
        out.flush();
    }
}
