package jp.kakunin.hub.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.backup.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hub restore`
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a backup back into the data directory of a hub that does not run, after comparing it with its manifest.",
            "A store that is there is set aside beside it; registers, authority and keys that are there stay as they are.",
            "At the next start the hub begins a new life, and every device gives back what the backup lacks. The keys",
            "of its months must still be here."
        })
final class RestoreCommand implements Callable<Integer> {
    private final HubWorld world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "FROM", description = "The folder of a backup.")
    private Path from = Path.of(".");

    @Option(
            names = "--settings-only",
            description = "Put back registers, authority and keys alone; for when the keys of the months are lost.")
    private boolean settingsOnly;

    RestoreCommand(HubWorld world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Restore.Result result =
                new Restore(data.folder(), from.toAbsolutePath().normalize(), world.secrets()).run(!settingsOnly);
        PrintWriter out = spec.commandLine().getOut();
        out.println("restored: " + data.path() + " (" + result.files() + " files)");
        if (result.setAside() != null) {
            out.println("set aside: " + result.setAside());
        }
        if (!result.kept().isEmpty()) {
            out.println("left as they were: " + String.join(" ", result.kept()));
        }
        out.println("now start it: hub --data " + data.path());
        return ExitCode.OK;
    }
}
