package jp.kakunin.load.peers;

import java.util.logging.Level;
import java.util.logging.Logger;
import jp.kakunin.load.ExitCode;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.micro.MicroCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The measurements that need foreign programs or libraries. The launcher comes here directly.
@Command(
        name = "yardsticks",
        description = "Foreign programs beside the hub, and plain operations beside the product's own.",
        subcommands = {PeersCommand.class, MicroCommand.class})
public final class YardsticksMain implements Runnable {
    /// Clients tell at length how they are set up; the loggers of java.util.logging go when nobody holds them.
    private static final Logger ROOT = Logger.getLogger("");

    @Spec
    private CommandSpec spec;

    private YardsticksMain() {}

    public static void main(String[] arguments) {
        ROOT.setLevel(Level.SEVERE);
        System.exit(new CommandLine(new YardsticksMain())
                .setExecutionExceptionHandler(YardsticksMain::explain)
                .execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a measurement");
    }

    private static int explain(Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
        command.getErr().println(command.getCommandName() + ": " + problem);
        return problem instanceof UnavailableException ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
    }
}
