package jp.kakunin.load.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a process holds that it could forget to give back.
record Leaks(long sockets, long threads) {
    static Leaks now() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return new Leaks(
                    descriptors.filter(Leaks::isSocket).count(),
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> !thread.isVirtual())
                            .count());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException _) {
            return false; // the descriptor of the listing itself is gone by now
        }
    }
}
