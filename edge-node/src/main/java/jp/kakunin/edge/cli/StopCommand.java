package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `edge stop`
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops the edge that runs on the data directory and waits until it is gone.")
final class StopCommand implements Callable<Integer> {
    private static final int STOP_SECONDS_MAX = 30;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
        try (RunningEdge edge = RunningEdge.on(data)) {
            Optional<ProcessHandle> process = ProcessHandle.of(edge.pid());
            edge.post("/api/stop", new JsonObject());
            if (process.isPresent() && edge.pid() != ProcessHandle.current().pid()) {
                process.get().onExit().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
            }
            return ExitCode.OK;
        } catch (TimeoutException _) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the edge did not stop within " + STOP_SECONDS_MAX + " seconds; look into its log");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for the edge: " + e.getMessage(), e);
        }
    }
}
