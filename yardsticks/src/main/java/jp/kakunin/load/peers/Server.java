package jp.kakunin.load.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import jp.kakunin.load.up.NodeProcess;

/// A foreign server: a process with all its children.
final class Server implements AutoCloseable {
    private static final int CONNECT_MILLIS_MAX = 200;

    private final NodeProcess process;

    private Server(NodeProcess process) {
        this.process = process;
    }

    /// @param command the program and its arguments
    static Server start(String name, Path folder, List<String> command) throws IOException {
        Path log = folder.resolve(name + ".log");
        return new Server(
                NodeProcess.start(name, Path.of(command.getFirst()), log, command.subList(1, command.size())));
    }

    /// One of the Java programs among the libraries of this one, on a machine of its own.
    static List<String> java(String heap, Class<?> main, String... arguments) {
        return java(heap, main.getName(), List.of(), arguments);
    }

    static List<String> java(String heap, String main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "-Xmx" + heap,
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main);
        command.addAll(List.of(arguments));
        return command;
    }

    void await(BooleanSupplier ready) throws IOException, InterruptedException {
        process.awaitReady(ready);
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS_MAX);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    long cpuNanos() {
        return cpuNanos(process.process().toHandle());
    }

    static long cpuNanos(ProcessHandle root) {
        return family(root)
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToLong(Duration::toNanos)
                .sum();
    }

    void kill() {
        kill(process.process().toHandle());
    }

    /// Its children with it, which are looked up first: afterwards nobody knows whose they were.
    static void kill(ProcessHandle root) {
        end(family(root).toList());
    }

    /// All servers that this program started.
    static void killChildren() {
        end(ProcessHandle.current().descendants().toList());
    }

    private static void end(List<ProcessHandle> family) {
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(each -> each.onExit().join());
    }

    @Override
    public void close() {
        process.close();
    }

    private static Stream<ProcessHandle> family(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants());
    }
}
