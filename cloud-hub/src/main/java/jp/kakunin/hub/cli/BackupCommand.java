package jp.kakunin.hub.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.backup.Backup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hub backup`
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies the store at one instant, the registers, the certificate authority and the hub's keys into a new folder.",
            "The hub may run meanwhile. The keys of the months are not copied: without them nothing in the backup tells of",
            "a patient. Who holds it can let devices in, so keep it as safe as the hub's own disk."
        })
final class BackupCommand implements Callable<Integer> {
    private final HubWorld world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(paramLabel = "TO", description = "A folder that does not exist yet, or is empty.")
    private Path to = Path.of(".");

    BackupCommand(HubWorld world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = to.toAbsolutePath().normalize();
        try (StillStore store = StillStore.of(data, world)) {
            int files = Backup.take(data.folder(), store.folder(), folder);
            spec.commandLine().getOut().println("backup: " + folder + " (" + files + " files)");
        }
        return ExitCode.OK;
    }
}
