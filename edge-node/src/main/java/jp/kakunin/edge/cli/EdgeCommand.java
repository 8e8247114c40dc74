package jp.kakunin.edge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import jp.kakunin.edge.Edge;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.EdgeStartException;
import jp.kakunin.edge.ReceiptFolders;
import jp.kakunin.edge.World;
import jp.kakunin.edge.desk.OutageLimits;
import jp.kakunin.edge.door.DoorOptions;
import jp.kakunin.edge.receipt.ReceiptCharset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge`: runs an edge node in the foreground until it is told to stop.
@Command(
        name = "edge",
        mixinStandardHelpOptions = true,
        version = "Kakunin edge 0.1.0",
        description = {
            "Runs a clinic's edge node in the foreground: card reader, desk pages, and the exchange with the hub.",
            "It stops on Ctrl-C, on a termination signal, or by `edge stop`."
        },
        footer = {
            "",
            "A device that is not activated yet shows a page for that; `edge activate` does it without a browser.",
            "The desk's port is chosen at the first start and kept in DIR/edge/desk-port.",
            "Exit codes: 0 ok, 1 failed or refused, 2 wrong usage, 69 no edge runs on the data directory."
        })
public final class EdgeCommand implements Callable<Integer> {
    private final Supplier<World> world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "N", description = "Port of the desk on 127.0.0.1; kept for the next start.")
    private int port;

    @Option(
            names = "--filing-day",
            paramLabel = "DAY",
            defaultValue = "10",
            description = "Day of the month after on which the clinic files its claims (default: ${DEFAULT-VALUE}).")
    private int filingDay = 10;

    @Option(
            names = "--offline-amber",
            paramLabel = "HOURS",
            defaultValue = "4",
            description = "Hours without the hub after which the desk warns (default: ${DEFAULT-VALUE}).")
    private int offlineAmber = 4;

    @Option(
            names = "--offline-red",
            paramLabel = "HOURS",
            defaultValue = "24",
            description = "Hours without the hub after which it asks for paper as well (default: ${DEFAULT-VALUE}).")
    private int offlineRed = 24;

    @Option(
            names = "--receipt-folder",
            paramLabel = "DIR",
            description = {
                "Drops each change of a visit into this folder, as a file for the receipt computer.",
                "With two clinics: CLINIC=DIR, once for each clinic that wishes it."
            })
    private List<String> receiptFolders = List.of();

    @Option(
            names = "--receipt-charset",
            paramLabel = "NAME",
            defaultValue = "windows-31j",
            description = "Charset of these files: windows-31j or utf-8 (default: ${DEFAULT-VALUE}).")
    private String receiptCharset = "windows-31j";

    @Option(
            names = "--lock-after",
            paramLabel = "MINUTES",
            defaultValue = "10",
            description = "Minutes without use after which the desk locks, if it has a passcode (default:"
                    + " ${DEFAULT-VALUE}).")
    private int lockAfter = DoorOptions.LOCK_AFTER_MINUTES;

    @Option(
            names = "--lan",
            paramLabel = "ADDRESS[:PORT]",
            defaultValue = "",
            description = {
                "Serves the desk to paired tablets too, over TLS, at this one address or name of the PC",
                "(default: not at all; the port is 8711 unless given). See ops/runbooks/tablets-on-the-lan.md."
            })
    private String lan = "";

    private EdgeCommand(Supplier<World> world) {
        this.world = world;
    }

    /// @param world opened only to run an edge
    public static CommandLine commandLine(Supplier<World> world) {
        CommandLine line = new CommandLine(new EdgeCommand(world));
        line.addSubcommand(new ActivateCommand());
        line.addSubcommand(new StopCommand());
        line.addSubcommand(new StatusCommand());
        line.addSubcommand(new DoctorCommand());
        line.addSubcommand(new VisitsCommand());
        line.addSubcommand(new TapCommand());
        line.addSubcommand(new DeferCommand());
        line.addSubcommand(new JoinCommand());
        line.addSubcommand(new ExportCommand());
        line.addSubcommand(new ReceiptKeyCommand());
        line.addSubcommand(new PasscodeCommand());
        line.setDefaultValueProvider(new DataDirectory());
        line.setExecutionExceptionHandler(EdgeCommand::tell);
        return line;
    }

    @Override
    public Integer call() throws IOException, EdgeStartException {
        EdgeConfig config;
        try {
            config = data.config(
                    port,
                    filingDay,
                    OutageLimits.ofHours(offlineAmber, offlineRed),
                    new ReceiptFolders(receiptFolders, receiptCharset()),
                    DoorOptions.of(lockAfter, lan));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        Logs.toFolder(config.log());
        Edge edge = new Edge(config, world.get());
        Thread hook = Thread.ofPlatform().name("edge-stop").unstarted(edge::stop);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            URI desk = edge.start();
            PrintWriter out = spec.commandLine().getOut();
            out.println("desk: " + desk);
            out.flush();
            edge.stopWish().join();
            return ExitCode.OK;
        } catch (CompletionException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the edge can no longer work and ended; what was recorded is on disk. Start it again: "
                            + e.getCause());
        } finally {
            edge.stop();
        }
    }

    private ReceiptCharset receiptCharset() {
        ReceiptCharset charset = ReceiptCharset.named(receiptCharset);
        if (charset == null) {
            throw new IllegalArgumentException("--receipt-charset must be windows-31j or utf-8, was " + receiptCharset);
        }
        return charset;
    }

    private static int tell(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        int exitCode = failure instanceof CommandException expected ? expected.exitCode() : ExitCode.FAILED;
        String command = line.getCommandSpec().qualifiedName();
        switch (failure) {
            case CommandException _, EdgeStartException _, IOException _ ->
                err.println(command + ": " + failure.getMessage());
            default -> {
                err.println(command + ": internal error, please report it:");
                failure.printStackTrace(err);
            }
        }
        err.flush();
        return exitCode;
    }
}
