package jp.kakunin.load.up;

import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import jp.kakunin.load.Launcher;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.up.SandboxDay.Event;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// A site of two clinics with synthetic visits in every shape, for vendors of receipt computers.
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = {
            "Run a sandbox for vendors of receipt computers: a hub, an edge node of two clinics, virtual cards, and visits",
            "of every shape. Needs no card reader. Prints address and keys. Everything in it is synthetic, lies in a folder",
            "of its own, and every answer says so (header Kakunin-Sandbox). Ends on Ctrl-C.",
            "In a second terminal `sandbox event NAME` lets something happen, and `sandbox event` lists what there is."
        })
public final class SandboxCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the sandbox (default: kakunin-sandbox in your data home, ~/.local/share).")
    private @Nullable Path data;

    @Option(
            names = "--desk-port",
            paramLabel = "PORT",
            converter = PortNumber.class,
            description = "Where the API is (default: any free port, kept over restarts).")
    private @Nullable Integer deskPort;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        SandboxFolder folder = folder();
        UpCommand.refuseSecond(folder.directory());
        boolean isNew = folder.isNew();
        folder.make();
        var ended = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> UpCommand.awaitStop(ended, stopped), "stop"));
        try (Instance instance =
                new Instance(folder.directory(), Launcher.path(), UpCommand.CardKind.IN_PROCESS, out)) {
            instance.startHub(List.of());
            instance.enrolOnce(SandboxFolder.CLINICS);
            instance.startEdge(deskPort == null ? List.of() : List.of("--port", String.valueOf(deskPort)));
            RunFile edge = RunFile.ofRunning(folder.directory().edgeRun()).orElseThrow();
            RunFile cards = RunFile.ofRunning(folder.directory().cardRun()).orElseThrow();
            try (LocalApi control = new LocalApi(cards.text("url"), cards.text("token"));
                    LocalApi desk = new LocalApi(edge.text("desk"), edge.text("token"))) {
                SandboxDay day = new SandboxDay(new Tapping(control, desk), desk, instance.centre());
                if (isNew) {
                    out.println("recording a morning's visits");
                    out.flush();
                    day.morning();
                }
                try (CardControl _ =
                        CardControl.serve(Map.of("/event", body -> happens(day, body)), () -> {}, folder.runFile())) {
                    announce(out, folder.tellVendor(edge.text("desk"), Launcher.path()), folder);
                    instance.runUntil(ended);
                }
            }
        } finally {
            stopped.countDown();
        }
        return OK;
    }

    private static JsonObject happens(SandboxDay day, String body) throws IOException {
        try {
            Event event = named(new JsonObject(body).getString("event", ""));
            synchronized (day) {
                return new JsonObject().put("visits", day.happens(event));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Event named(String word) throws IOException {
        return Arrays.stream(Event.values())
                .filter(event -> event.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no event \"" + word + "\"; there are: "
                        + Arrays.stream(Event.values()).map(Event::word).collect(Collectors.joining(", "))));
    }

    private static void announce(PrintWriter out, Map<String, String> vendor, SandboxFolder folder) {
        out.println();
        out.println("desk: " + vendor.get("DESK") + "/");
        out.println("key of " + SandboxFolder.CLINICS.getFirst() + ": " + vendor.get("KAKUNIN_KEY"));
        out.println("key of " + SandboxFolder.CLINICS.getLast() + ": " + vendor.get("KAKUNIN_KEY_2"));
        out.println();
        out.println("In a second terminal:  . " + folder.vendorFile());
        out.println("then go on with ops/receipt-api.md. All data are synthetic. Ctrl-C ends everything.");
        out.flush();
    }

    private SandboxFolder folder() {
        Path usual = DataDirectory.inDataHome(System.getenv(), System.getProperty("user.home"));
        Path root = data != null ? data : usual.resolveSibling("kakunin-sandbox");
        return SandboxFolder.of(root.toAbsolutePath().normalize());
    }

    /// Lets something happen at the sandbox's reception.
    @Command(
            name = "event",
            mixinStandardHelpOptions = true,
            description = "Let something happen at the sandbox's reception; without a name, list what there is.")
    int event(
            @Parameters(arity = "0..1", paramLabel = "NAME", defaultValue = "", description = "Which event.")
                    String name)
            throws IOException, InterruptedException, UnavailableException {
        PrintWriter out = spec.commandLine().getOut();
        if (name.isEmpty()) {
            Arrays.stream(Event.values())
                    .forEach(event -> out.println(String.format("%-13s %s", event.word(), event.text)));
            out.flush();
            return OK;
        }
        Event event = named(name);
        RunFile run = RunFile.ofRunning(folder().runFile())
                .orElseThrow(() -> new UnavailableException(
                        "no sandbox runs under " + folder().directory().root()
                                + ": start it with ./kakunin sandbox, or name its folder with --data DIR"));
        try (LocalApi sandbox = new LocalApi(run.text("url"), run.text("token"))) {
            JsonArray visits = sandbox.post("/event", new JsonObject().put("event", event.word()))
                    .getJsonArray("visits");
            if (visits.isEmpty()) {
                out.println(event.word() + ": " + event.text);
            }
            visits.forEach(each -> {
                JsonObject visit = (JsonObject) each;
                out.println(visit.getString("visit") + " " + visit.getString("standing"));
            });
            out.flush();
        }
        return OK;
    }
}
