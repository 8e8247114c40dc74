package jp.kakunin.hub.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import jp.kakunin.exchange.AppVersion;
import jp.kakunin.hub.Hub;
import jp.kakunin.hub.HubConfig;
import jp.kakunin.hub.HubStartException;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.authority.AuthoritySettings;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.exchange.ExchangeSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub`: runs a hub in the foreground until it is told to stop.
@Command(
        name = "hub",
        mixinStandardHelpOptions = true,
        version = "Kakunin hub 0.1.0",
        description = {
            "Runs the hub in the foreground: the exchange port for edge nodes and the console for operators.",
            "It stops on Ctrl-C, on a termination signal, or by `hub stop`."
        },
        footer = {
            "",
            "Ports are chosen at the first start and kept in DIR/hub/ports.properties.",
            "The operator's password for the console is in DIR/hub/operator-password.",
            "Exit codes: 0 ok, 1 failed or refused, 2 wrong usage, 65 differences found, 66 unknown clinic,",
            "69 no hub runs on the data directory."
        })
public final class HubCommand implements Callable<Integer> {
    private final HubWorld world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--exchange-port", paramLabel = "N", description = "Port for edge nodes; kept for the next start.")
    private int exchangePort;

    @Option(names = "--console-port", paramLabel = "N", description = "Port of the console; kept for the next start.")
    private int consolePort;

    @Option(
            names = "--reconnect-spread",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "Over how long edge nodes spread their coming back after the hub was away; those with a patient"
                            + " waiting come at once (default: ${DEFAULT-VALUE}).")
    private int reconnectSpreadSeconds = 300;

    @Option(
            names = "--version-min",
            paramLabel = "VERSION",
            defaultValue = "0.1.0",
            description = "Edge nodes older than that tell their clinic to update (default: ${DEFAULT-VALUE}).")
    private String versionMin = "0.1.0";

    @Option(
            names = "--clock-is-right",
            description = "Start although this machine's clock is far from when the hub last ran.")
    private boolean clockIsRight;

    @Option(
            names = "--filing-day",
            paramLabel = "DAY",
            defaultValue = "10",
            description = "Day of the month after on which the clinics file their claims (default: ${DEFAULT-VALUE}).")
    private int filingDay = 10;

    @Option(
            names = "--audit-months",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "How many months an audit stub of each answered check (hour, method, class, proof number) outlives"
                            + " the close of its month; 0 writes none and touches none (default: ${DEFAULT-VALUE}).")
    private int auditMonths;

    @Option(
            names = "--authority",
            paramLabel = "URL",
            description = {
                "National system that speaks OQS: https://..., or http:// on this machine for a simulator.",
                "Without it the hub answers from DIR/hub/registry.csv."
            })
    private @Nullable URI authority;

    @Option(
            names = "--authority-can",
            paramLabel = "HOW",
            split = ",",
            defaultValue = "ASK_NOW,ASK_CAPTURED",
            description = {
                "What the authority of --authority can be asked: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
                "Without ASK_CAPTURED a check that got no answer while the patient was there is to be tapped again."
            })
    private Set<Capability> authorityCan = EnumSet.of(Capability.ASK_NOW, Capability.ASK_CAPTURED);

    @Option(
            names = "--authority-rate",
            paramLabel = "N",
            description = {
                "Questions a second to the authority of --authority, at most (default: "
                        + AuthoritySettings.OQS_QUESTIONS_PER_SECOND + ");",
                "fewer while it says that it is busy."
            })
    private int authorityRate = AuthoritySettings.OQS_QUESTIONS_PER_SECOND;

    private HubCommand(HubWorld world) {
        this.world = world;
    }

    public static CommandLine commandLine(HubWorld world) {
        CommandLine line = new CommandLine(new HubCommand(world));
        line.addSubcommand(new StopCommand());
        line.addSubcommand(new HistoryCommand());
        line.addSubcommand(new WorklistCommand());
        line.addSubcommand(new QuarantineCommand());
        line.addSubcommand(new ClinicsCommand());
        line.addSubcommand(new ImportCommand());
        line.addSubcommand(new ProofCommand());
        line.addSubcommand(new EnrolCommand(world));
        line.addSubcommand(new AccountCommand(world));
        line.addSubcommand(new DeviceCommand());
        line.addSubcommand(new ErasuresCommand());
        line.addSubcommand(new VerifyCommand(world));
        line.addSubcommand(new BackupCommand(world));
        line.addSubcommand(new RestoreCommand(world));
        line.setDefaultValueProvider(new DataDirectory());
        line.setExecutionExceptionHandler(HubCommand::tell);
        return line;
    }

    @Override
    public Integer call() throws IOException, HubStartException {
        HubConfig config;
        try {
            config = HubConfig.of(data.path())
                    .withPorts(exchangePort, consolePort)
                    .withExchange(ExchangeSettings.DEFAULT
                            .withReconnectSpread(Duration.ofSeconds(reconnectSpreadSeconds))
                            .withVersionMin(AppVersion.parse(versionMin)))
                    .withClockIsRight(clockIsRight)
                    .withFilingDay(filingDay)
                    .withAuditMonths(auditMonths)
                    .withAuthority(
                            authority == null
                                    ? AuthoritySettings.REGISTRY
                                    : new AuthoritySettings(authority, authorityCan, authorityRate));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage() == null ? "wrong options" : e.getMessage());
        }
        var hub = new Hub(config, world);
        hub.claim();
        Logs.toFolder(data.folder().log());
        var hook = Thread.ofPlatform().name("hub-stop").unstarted(hub::stop);
        Runtime.getRuntime().addShutdownHook(hook);
        hub.start();
        PrintWriter out = spec.commandLine().getOut();
        out.println("exchange: " + hub.exchangeUrl());
        out.println("console: " + hub.consoleUrl());
        out.flush();
        try {
            hub.stopWish().join();
        } catch (CompletionException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the journal failed, so the hub stopped; edges keep what it did not take. Check the disk under "
                            + data.path() + " (space, permissions, damage), then start the hub again. Cause: "
                            + causes(e.getCause()));
        } finally {
            hub.stop();
        }
        return ExitCode.OK;
    }

    private static String causes(@Nullable Throwable failure) {
        List<String> causes = new ArrayList<>();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            causes.add(each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage());
        }
        return String.join(": ", causes);
    }

    private static int tell(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        int exitCode = failure instanceof CommandException expected ? expected.exitCode() : ExitCode.FAILED;
        String command = line.getCommandSpec().qualifiedName();
        switch (failure) {
            case CommandException _, HubStartException _, IOException _ ->
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
