package jp.kakunin.load.replay;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Enrolment;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.up.DataDirectory;
import jp.kakunin.load.up.LocalApi;
import jp.kakunin.load.up.NodeProcess;
import jp.kakunin.load.up.RunFile;
import org.jspecify.annotations.Nullable;

/// The hub under load: a process of its own, started through the launcher like anybody's, on a folder that goes away
/// afterwards; or the one that already runs on a folder given.
public final class LoadHub implements AutoCloseable {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final String PREFECTURE_AND_KIND = "139";
    private static final long KILL_POLL_MILLIS = 5;

    /// The last of them are the counts.
    private static final int VERIFY_LINES_MAX = 60;

    private final DataDirectory directory;
    private final boolean temporary;
    private final List<DeviceIdentity> devices;
    private @Nullable NodeProcess process;

    private LoadHub(DataDirectory directory, boolean temporary, List<DeviceIdentity> devices) {
        this.directory = directory;
        this.temporary = temporary;
        this.devices = List.copyOf(devices);
    }

    /// Makes the folder, if none is given, and enrols that many devices, each with a clinic of its own.
    public static LoadHub prepare(@Nullable Path data, int edges) throws IOException {
        boolean temporary = data == null;
        Path root = data == null
                ? Files.createTempDirectory("kakunin-load")
                : data.toAbsolutePath().normalize();
        List<DeviceIdentity> devices = new ArrayList<>();
        try {
            Enrolment enrolment = new Enrolment(new HubFolder(root), InstantSource.system(), new SecureRandom());
            for (int i = 0; i < edges; i++) {
                Path folder = root.resolve("load").resolve("device-" + i);
                var clinics = new TreeMap<InstitutionCode, String>();
                clinics.put(clinic(i), "load " + i);
                if (!Files.exists(folder.resolve(Enrolment.PROPERTIES))) {
                    var _ = enrolment.enrol(new Enrolment.Wish("load-" + i, clinics, folder, false));
                }
                devices.add(DeviceIdentity.read(folder));
            }
        } catch (Enrolment.AlreadyEnrolledException e) {
            throw new IOException("another load test enrols its devices in " + root + " right now", e);
        }
        return new LoadHub(new DataDirectory(root), temporary, devices);
    }

    /// Without devices of its own.
    static LoadHub open(@Nullable Path data) throws IOException {
        return prepare(data, 0);
    }

    /// As a power cut would end it, but for what the system has not written yet.
    synchronized void kill() throws InterruptedException {
        Optional<ProcessHandle> running = ProcessHandle.of(pid());
        running.ifPresent(ProcessHandle::destroyForcibly);
        while (running.isPresent() && running.get().isAlive()) {
            TimeUnit.MILLISECONDS.sleep(KILL_POLL_MILLIS);
        }
    }

    boolean isTemporary() {
        return temporary;
    }

    /// Whether this program started it, and may stop it.
    boolean isOurs() {
        return process != null;
    }

    /// An operator's question to the hub that runs.
    JsonObject get(String path) throws IOException, InterruptedException {
        RunFile run = RunFile.ofRunning(directory.hubRun()).orElseThrow(() -> new IOException("the hub does not run"));
        try (LocalApi api = new LocalApi(run.text("console"), run.text("token"))) {
            return api.get(path);
        }
    }

    /// What `hub verify` says of the store. The hub must not run.
    RunReport.Store verify(Path launcher, List<String> command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(launcher.toString()));
        all.addAll(command);
        all.addAll(List.of("verify", "--data", directory.root().toString()));
        Process verify = new ProcessBuilder(all)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(directory.log("verify").toFile()))
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader reader = verify.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (said.size() == VERIFY_LINES_MAX) {
                    said.removeFirst();
                }
                said.add(line);
            }
        }
        return new RunReport.Store(verify.waitFor() == 0, said);
    }

    /// Starts the hub unless one runs on the folder. The first word of the command is the launcher's.
    public void start(Path launcher, List<String> command) throws IOException, InterruptedException {
        if (RunFile.ofRunning(directory.hubRun()).isPresent()) {
            return;
        }
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--data", directory.root().toString()));
        NodeProcess started = apart(launcher, arguments);
        process = started;
        started.awaitReady(() -> RunFile.ofRunning(directory.hubRun()).isPresent());
    }

    /// In a session of its own, so that Ctrl-C reaches this program alone and the hub can still be read.
    private NodeProcess apart(Path launcher, List<String> arguments) throws IOException {
        if (!Files.isExecutable(SETSID)) {
            return NodeProcess.start("hub", launcher, directory.log("hub"), arguments);
        }
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        return NodeProcess.start("hub", SETSID, directory.log("hub"), command);
    }

    public List<DeviceIdentity> devices() {
        return devices;
    }

    public Path root() {
        return directory.root();
    }

    /// The process id of the hub itself, which differs from the launcher's when that does not replace itself.
    public long pid() {
        return RunFile.ofRunning(directory.hubRun()).map(RunFile::pid).orElse(-1L);
    }

    /// For a command that is not worth finishing when it is interrupted: nothing stays behind.
    public void closeOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-hub"));
    }

    public synchronized void stop() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    @Override
    public synchronized void close() {
        stop();
        if (temporary && Files.exists(directory.root())) {
            delete(directory.root());
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder " + root + " could not be removed", e);
        }
    }

    /// A code of a clinic that does not exist, with a correct check digit.
    public static InstitutionCode clinic(int number) {
        String body = PREFECTURE_AND_KIND + String.format(Locale.ROOT, "%06d", number);
        for (int digit = 0; digit < 10; digit++) {
            InstitutionCode code = new InstitutionCode(body + digit);
            if (code.hasValidCheckDigit()) {
                return code;
            }
        }
        throw new IllegalStateException("one of ten digits is the check digit");
    }
}
