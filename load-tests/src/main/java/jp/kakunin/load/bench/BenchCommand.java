package jp.kakunin.load.bench;

import jp.kakunin.load.hotpath.HistoryCommand;
import jp.kakunin.load.hotpath.IngestCommand;
import jp.kakunin.load.hotpath.LiveCommand;
import jp.kakunin.load.hotpath.RestartCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `load bench`: one measurement each, with its conditions.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = "Measure one part of the system, and say under which conditions.",
        footer = "  micro     codec, fold, seal and chain by JMH, each as a multiple of a plain operation.",
        subcommands = {
            TapBenchCommand.class,
            DeskBenchCommand.class,
            EdgeBenchCommand.class,
            IngestCommand.class,
            LiveCommand.class,
            HistoryCommand.class,
            RestartCommand.class,
            ClosingCommand.class,
            SilentHubCommand.class,
            RegistryBenchCommand.class,
            WaitingCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a measurement");
    }
}
