package jp.kakunin.load.authority;

import static jp.kakunin.load.ExitCode.OK;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.load.up.PortNumber;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `authority`: a national system to try a hub against.
@Command(
        name = "authority",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = {
            "Simulate the national system on this machine: it answers OQS questions from a registry file and fails as",
            "told. Give its address to a hub with `hub --authority URL`. Ends on Ctrl-C."
        },
        footer = {
            "",
            "A script is a JSON list; each entry says all that is wrong from that second on:",
            "  [{\"atSeconds\": 10, \"down\": true}, {\"atSeconds\": 40}, {\"atSeconds\": 60, \"processingAsks\": 2}]",
            "Faults: down, slowMillis, processingAsks, abnormalPercent, charset (UTF_8 or WINDOWS_31J), wrongCharset,",
            "blackDots, renewedSince (a date), perSecond, retryAfterSeconds.",
            "The same can be set at any time; the token is in the file named at the start:",
            "  curl -H \"Authorization: Bearer TOKEN\" -d '{\"slowMillis\": 5000}' http://127.0.0.1:PORT/faults"
        })
public final class AuthorityCommand implements Callable<Integer> {
    private static final int TOKEN_BYTES = 16;

    @Option(
            names = "--registry",
            paramLabel = "CSV",
            required = true,
            description = "Who is insured, e.g. DIR/hub/registry.csv of a data directory; the file tells its format.")
    private Path registry = Path.of("registry.csv");

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "authority-work",
            description = "Where its store and the control token are kept (default: ${DEFAULT-VALUE}).")
    private Path work = Path.of("authority-work");

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = PortNumber.class,
            description = "Its port (default: any free one).")
    private int port;

    @Option(names = "--script", paramLabel = "FILE", description = "Faults by time; see below.")
    private @Nullable Path script;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Draws which replies fail, and how slow (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        FaultScript faults = script == null ? FaultScript.EMPTY : FaultScript.read(script);
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        Path tokenFile = work.resolve("control-token");
        PrintWriter out = spec.commandLine().getOut();
        var ended = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(ended, stopped), "stop"));
        try (OqsServer server = OqsServer.start(registry, work.resolve("store"), port, faults, clock, seed, token)) {
            PrivateFile.write(tokenFile, token);
            out.println("authority: " + server.url() + "/oqs");
            out.println("control: " + server.url() + "/faults, token in " + tokenFile.toAbsolutePath());
            out.flush();
            ended.await();
        } finally {
            Files.deleteIfExists(tokenFile);
            stopped.countDown();
        }
        return OK;
    }

    private static void awaitStop(CountDownLatch ended, CountDownLatch stopped) {
        ended.countDown();
        try {
            stopped.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
