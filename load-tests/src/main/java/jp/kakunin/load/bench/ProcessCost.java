package jp.kakunin.load.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a process has used so far, and how it was started.
public final class ProcessCost {
    private static final String WAKE_UPS = "voluntary_ctxt_switches:";
    private static final String PEAK = "VmHWM:";

    private ProcessCost() {}

    public static long cpuNanos(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /// The most memory it has had resident so far, 0 when it is gone.
    public static long peakKiB(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    /// How often its living threads went from waiting to work: each wakes a sleeping processor.
    static long wakeUps(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return threads.mapToLong(ProcessCost::wakeUpsOf).sum();
        }
    }

    private static long wakeUpsOf(Path thread) {
        try (Stream<String> lines = Files.lines(thread.resolve("status"))) {
            return lines.filter(line -> line.startsWith(WAKE_UPS))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(WAKE_UPS.length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException _) {
            return 0; // it ended meanwhile
        }
    }

    /// The options of its Java machine.
    static List<String> flags(long pid) throws IOException {
        String[] words = Files.readString(Path.of("/proc", String.valueOf(pid), "cmdline"))
                .split("\0");
        return Stream.of(words).skip(1).takeWhile(word -> !word.equals("-jar")).toList();
    }
}
