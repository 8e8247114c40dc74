package jp.kakunin.load.up;

import static jp.kakunin.load.ExitCode.OK;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.UnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the whole system on this machine until it is interrupted.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = {
            "Run a hub, one clinic's edge node and a My Number card on this machine.",
            "Ends cleanly on Ctrl-C. The hub and the edge node can be taken away and brought back meanwhile with",
            "`hub stop`, `hub`, `edge stop`, `edge`."
        })
public final class UpCommand implements Callable<Integer> {
    /// The clinic of the demonstration: Tokyo, a number that no real clinic has.
    private static final String CLINIC = "1380000016=さくら接骨院";

    enum CardKind {
        /// A real reader when one is plugged in, else a virtual card on the PC/SC service, else one inside the
        /// edge node.
        AUTO,
        VIRTUAL,
        IN_PROCESS
    }

    @Mixin
    private DataOption data;

    @Option(
            names = "--exchange-port",
            paramLabel = "PORT",
            converter = PortNumber.class,
            description = "Where the hub takes facts (default: any free port).")
    private @Nullable Integer exchangePort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            converter = PortNumber.class,
            description = "The operators' page (default: any free port).")
    private @Nullable Integer consolePort;

    @Option(
            names = "--desk-port",
            paramLabel = "PORT",
            converter = PortNumber.class,
            description = "The reception page (default: any free port).")
    private @Nullable Integer deskPort;

    @Option(
            names = "--card",
            paramLabel = "KIND",
            defaultValue = "AUTO",
            description = "Which card: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private CardKind card;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        DataDirectory directory = data.directory();
        refuseSecond(directory);
        var ended = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(ended, stopped), "stop"));
        try (Instance instance = new Instance(directory, Launcher.path(), card, out)) {
            instance.startHub(ports("--exchange-port", exchangePort, "--console-port", consolePort));
            instance.enrolOnce(List.of(CLINIC));
            instance.startEdge(ports("--port", deskPort));
            instance.announce();
            instance.runUntil(ended);
        } finally {
            stopped.countDown();
        }
        return OK;
    }

    static void refuseSecond(DataDirectory directory) throws UnavailableException {
        Map<String, Path> runs = new LinkedHashMap<>();
        runs.put("a virtual card", directory.cardRun());
        runs.put("a hub", directory.hubRun());
        runs.put("an edge node", directory.edgeRun());
        for (Map.Entry<String, Path> run : runs.entrySet()) {
            var running = RunFile.ofRunning(run.getValue());
            if (running.isPresent()) {
                throw new UnavailableException(directory.root() + " is in use by process "
                        + running.get().pid() + ", " + run.getKey()
                        + ": stop it, or name another folder with --data DIR. Nothing was changed");
            }
        }
    }

    /// Children stop while the JVM still runs its main thread; the hook only holds the JVM until that is done.
    static void awaitStop(CountDownLatch ended, CountDownLatch stopped) {
        ended.countDown();
        try {
            stopped.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> ports(@Nullable Object... namesAndPorts) {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < namesAndPorts.length; i += 2) {
            if (namesAndPorts[i + 1] != null) {
                options.add(String.valueOf(namesAndPorts[i]));
                options.add(String.valueOf(namesAndPorts[i + 1]));
            }
        }
        return options;
    }
}
