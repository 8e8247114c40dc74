package jp.kakunin.hub.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hub stop`
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops the hub that runs on the data directory and waits until it is gone.")
final class StopCommand implements Callable<Integer> {
    private static final int STOP_SECONDS_MAX = 30;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
        try (RunningHub hub = RunningHub.on(data)) {
            Optional<ProcessHandle> process = ProcessHandle.of(hub.pid());
            var _ = hub.post("/api/stop");
            if (process.isPresent()) {
                process.get().onExit().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            }
            return ExitCode.OK;
        } catch (TimeoutException _) {
            throw new CommandException(
                    ExitCode.FAILED, "the hub did not stop within " + STOP_SECONDS_MAX + " seconds; look into its log");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for the hub: " + e.getMessage(), e);
        }
    }
}
