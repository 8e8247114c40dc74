package jp.kakunin.load.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A hub or an edge node as a child process, started through the launcher so that it runs exactly as a person would run
/// it.
public final class NodeProcess implements AutoCloseable {
    private static final Duration START_SECONDS_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_SECONDS_MAX = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 20;
    private static final int TAIL_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;

    private NodeProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    public static NodeProcess start(String name, Path launcher, Path log, List<String> arguments) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new NodeProcess(name, log, builder.start());
    }

    /// Waits until the condition holds; fails with the end of the log when the process ends first or takes too
    /// long.
    public void awaitReady(BooleanSupplier ready) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_SECONDS_MAX.toNanos();
        while (!ready.getAsBoolean()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(name + " ended with exit code " + process.exitValue() + ":\n" + tail());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        name + " was not ready within " + START_SECONDS_MAX.toSeconds() + " s:\n" + tail());
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Process process() {
        return process;
    }

    /// Asks the process to end (SIGTERM) and waits; kills it only when it does not.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
