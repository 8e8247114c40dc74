package jp.kakunin.load.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import jp.kakunin.load.UnavailableException;
import jp.kakunin.load.up.NodeProcess;
import org.jspecify.annotations.Nullable;

/// A program of this installation that is started and killed again and again. Started as Java itself and not by the
/// launcher: a shell in between would be killed in its place.
final class Victim implements AutoCloseable {
    private static final String ENV = "/usr/bin/env";
    /// In a session of its own, so that Ctrl-C reaches the tester alone.
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final String name;
    private final Path log;
    private final List<String> program;
    private @Nullable NodeProcess process;

    /// @param home of the installation
    /// @param module whose program it is
    Victim(String name, Path log, Path home, String module, List<String> javaOptions, List<String> arguments)
            throws UnavailableException {
        this.name = name;
        this.log = log;
        Path jar = home.resolve(module).resolve("target").resolve(module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new UnavailableException(jar + " is missing: build with ./kakunin, or mvn package");
        }
        program = new ArrayList<>(List.of(
                JAVA.toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                // Otherwise each start unpacks the library of RocksDB into a file that a killed one leaves behind.
                "-Djava.library.path=" + System.getProperty("java.library.path")));
        program.addAll(javaOptions);
        program.addAll(List.of("-jar", jar.toString()));
        program.addAll(arguments);
    }

    /// @param environment as `NAME=value`
    void start(List<String> environment, Ready ready) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ENV));
        command.addAll(environment);
        command.addAll(program);
        NodeProcess started = NodeProcess.start(name, SETSID, log, command);
        process = started;
        started.awaitReady(ready.of(started.pid()));
    }

    @FunctionalInterface
    interface Ready {
        BooleanSupplier of(long pid);
    }

    /// As `kill -9` does it.
    void kill() throws InterruptedException {
        if (process != null) {
            process.process().destroyForcibly().waitFor();
            process = null;
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    long pid() {
        return process == null ? -1 : process.pid();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
