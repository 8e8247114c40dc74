package jp.kakunin.load.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.load.card.CardIdentity;
import jp.kakunin.load.card.VirtualCard;
import jp.kakunin.load.replay.DeviceIdentity;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.up.DataDirectory;
import jp.kakunin.load.up.LocalApi;
import jp.kakunin.load.up.NodeProcess;
import jp.kakunin.load.up.RunFile;
import org.jspecify.annotations.Nullable;

/// A hub and the edge nodes of clinics on loopback, each a real process, in a folder that goes away afterwards.
final class Site implements AutoCloseable {
    private static final long CONNECT_SECONDS_MAX = 30;
    private static final long POLL_MILLIS = 1;

    private final LoadHub hub;
    private final Path launcher;
    private final DataDirectory directory;
    private final Path cards;
    private @Nullable PrivateKey cardKey;
    private @Nullable NodeProcess edge;

    private Site(LoadHub hub, Path launcher, Path data) {
        this.hub = hub;
        this.launcher = launcher;
        this.directory = new DataDirectory(data);
        this.cards = hub.root().resolve("bench-cards");
    }

    /// @param patients whom the registry knows, each with a card
    static Site open(Path launcher, int patients, InstantSource clock) throws IOException, InterruptedException {
        LoadHub hub = LoadHub.prepare(null, 2);
        Site site = new Site(hub, launcher, hub.root());
        Runtime.getRuntime().addShutdownHook(new Thread(site::close, "stop-site"));
        try {
            site.becomes(hub.devices().getFirst());
            site.neighbour().becomes(hub.devices().getLast());
            site.cardKey = BenchCards.write(
                    site.cards, new HubFolder(hub.root()).registry(), patients, clock.instant(), new SecureRandom());
            hub.start(launcher, List.of("hub"));
            return site;
        } catch (IOException | InterruptedException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    /// Another clinic of the same hub, to make it warm. Its edge node is closed by whoever starts it.
    Site neighbour() {
        return new Site(hub, launcher, hub.root().resolve("neighbour"));
    }

    private void becomes(DeviceIdentity device) throws IOException {
        Files.createDirectories(directory.identity().getParent());
        Files.move(device.folder(), directory.identity());
    }

    Path root() {
        return hub.root();
    }

    /// How long a start took: until the launcher had become the Java machine, and from there until the desk was
    /// open.
    record Start(NodeProcess process, long launcherNanos, long readyNanos) {}

    /// The edge node as a person starts it.
    Start startEdge() throws IOException, InterruptedException {
        return start(List.of("edge"));
    }

    /// @param first which of the patients comes first
    Start startEdgeWithInstantCards(int first) throws IOException, InterruptedException {
        return start(List.of(InstantEdgeCommand.NAME, "--cards", cards.toString(), "--first", String.valueOf(first)));
    }

    /// The edge node with a reader on which virtual cards are put down by that port.
    Start startEdgeWithCards(int port) throws IOException, InterruptedException {
        return start(List.of("edge-with-card", "--card-port", String.valueOf(port)));
    }

    /// A patient's card, with a key and a PIN.
    VirtualCard card(int patient, String pin) throws IOException {
        Path file = cards.resolve(String.format(Locale.ROOT, "%06d.der", patient));
        try (InputStream der = Files.newInputStream(file)) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(der);
            var identity = new CardIdentity(certificate, Objects.requireNonNull(cardKey));
            return new VirtualCard(identity, pin, VirtualCard.TRIES_MAX);
        } catch (CertificateException e) {
            throw new IOException(file + " is no certificate", e);
        }
    }

    /// The edge node's local API, once it is connected to the hub.
    LocalApi desk() throws IOException, InterruptedException {
        RunFile run = edgeRun();
        LocalApi desk = new LocalApi(run.text("desk"), run.text("token"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS_MAX);
        while (!Objects.equals("connected", desk.get("/api/status").getString("line"))) {
            if (System.nanoTime() > deadline) {
                desk.close();
                throw new IOException("the edge node did not find its hub");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return desk;
    }

    RunFile edgeRun() throws IOException {
        return RunFile.ofRunning(directory.edgeRun()).orElseThrow(() -> new IOException("the edge node ended"));
    }

    /// The standing the desk shows for a visit now.
    static String standing(LocalApi desk, String visit) throws IOException, InterruptedException {
        for (Object each : desk.get("/api/visits").getJsonArray("visits", new JsonArray())) {
            if (each instanceof JsonObject found && Objects.equals(visit, found.getString("visit"))) {
                return found.getString("standing", "");
            }
        }
        return "";
    }

    /// Its data stay.
    void stopHub() {
        hub.stop();
    }

    @Override
    public synchronized void close() {
        if (edge != null) {
            edge.close();
        }
        hub.close();
    }

    private Start start(List<String> command) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--data", directory.root().toString()));
        long begun = System.nanoTime();
        NodeProcess process = NodeProcess.start("edge", launcher, directory.log("edge"), arguments);
        edge = process;
        while (!isJava(process.pid()) && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        long java = System.nanoTime();
        process.awaitReady(() -> RunFile.ofRunning(directory.edgeRun()).isPresent());
        return new Start(process, java - begun, System.nanoTime() - java);
    }

    private static boolean isJava(long pid) throws IOException {
        Path name = Path.of("/proc", String.valueOf(pid), "comm");
        return Files.exists(name) && Files.readString(name).strip().equals("java");
    }
}
