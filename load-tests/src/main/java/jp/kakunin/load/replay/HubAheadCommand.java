package jp.kakunin.load.replay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.cli.HubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/// A real hub on a computer whose clock is ahead by so much, so that a midnight falls into a run.
@Command(name = HubAheadCommand.NAME, hidden = true)
public final class HubAheadCommand implements Callable<Integer> {
    public static final String NAME = "hub-ahead";

    @Option(names = "--ahead", required = true, paramLabel = "SECONDS")
    private long aheadSeconds;

    @Unmatched
    private List<String> hubArguments = new ArrayList<>();

    /// The words that start it, to be followed by those of the hub.
    static List<String> command(Duration ahead) {
        return List.of("load", NAME, "--ahead", String.valueOf(ahead.toSeconds()));
    }

    static InstantSource clock(InstantSource machine, Duration ahead) {
        return () -> machine.instant().plus(ahead);
    }

    @Override
    public Integer call() {
        HubWorld system = HubWorld.system();
        HubWorld world = new HubWorld(
                clock(system.clock(), Duration.ofSeconds(aheadSeconds)),
                system.uptime(),
                system.random(),
                system.secrets(),
                system.authority());
        return HubCommand.commandLine(world).execute(hubArguments.toArray(String[]::new));
    }
}
