package jp.kakunin.load;

import java.util.Objects;
import jp.kakunin.load.authority.AuthorityCommand;
import jp.kakunin.load.bench.InstantEdgeCommand;
import jp.kakunin.load.chaos.KillsCommand;
import jp.kakunin.load.replay.LoadCommand;
import jp.kakunin.load.report.CompareCommand;
import jp.kakunin.load.up.CardCommand;
import jp.kakunin.load.up.EdgeWithCardCommand;
import jp.kakunin.load.up.SandboxCommand;
import jp.kakunin.load.up.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The part of the command line that needs the whole system. `hub` and `edge` have programs of their own, to which the
/// launcher goes directly.
@Command(
        name = "kakunin",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        header = "Online eligibility checks for judo-therapy and acupuncture/massage clinics.",
        subcommands = {
            UpCommand.class,
            SandboxCommand.class,
            CardCommand.class,
            EdgeWithCardCommand.class,
            LoadCommand.class,
            AuthorityCommand.class,
            InstantEdgeCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Programs of their own, each with --help:",
            "  hub    the cloud hub: run, stop, enrol, account, device, history, worklist, clinics,",
            "         proof, erasures, verify, backup, restore, quarantine",
            "  edge   one clinic's edge node: run, stop, activate, visits, defer, join, status",
            "  test   build and run the tests (--fast: only what takes under two minutes)"
        })
public final class KakuninMain implements Runnable {
    @Spec
    private CommandSpec spec;

    private KakuninMain() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new KakuninMain());
        // They stand below the command for load, which knows nothing of them.
        Objects.requireNonNull(line.getSubcommands().get("load"))
                .addSubcommand(new CompareCommand())
                .addSubcommand(new KillsCommand());
        System.exit(line.setExecutionExceptionHandler(KakuninMain::explain).execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    private static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(command.getCommandName() + ": " + problem.getMessage());
        return problem instanceof UnavailableException ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    }
}
