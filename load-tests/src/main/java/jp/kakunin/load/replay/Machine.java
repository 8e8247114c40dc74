package jp.kakunin.load.replay;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// The conditions of a measurement: without them a figure says nothing.
///
/// @param load1 run queue of the last minute when the measurement began; above the number of processors the machine was
///     busy with other things
/// @param fsyncMicros median and 99th percentile of writing 512 bytes and syncing them
public record Machine(
        String processor,
        int processors,
        long memoryMiB,
        String kernel,
        String java,
        List<String> flags,
        String disk,
        long fsyncMicros,
        long fsyncMicrosP99,
        double load1,
        String revision) {
    private static final int SYNCS = 300;
    private static final int SYNC_BYTES = 512;
    private static final int MICROS_MAX = 10_000_000;

    public Machine {
        flags = List.copyOf(flags);
    }

    /// Looks at this machine and at the disk under that folder.
    public static Machine look(Path folder, Path home) throws IOException {
        Histogram syncs = syncs(folder);
        return new Machine(
                firstValue("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                kib(firstValue("/proc/meminfo", "MemTotal")) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-Dkakunin.home"))
                        .toList(),
                Files.getFileStore(folder).type(),
                syncs.getValueAtPercentile(50),
                syncs.getValueAtPercentile(99),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                revision(home));
    }

    public JsonObject json() {
        return new JsonObject()
                .put("processor", processor)
                .put("processors", processors)
                .put("memoryMiB", memoryMiB)
                .put("kernel", kernel)
                .put("java", java)
                .put("flags", flags)
                .put("disk", disk)
                .put("fsyncMicros", fsyncMicros)
                .put("fsyncMicrosP99", fsyncMicrosP99)
                .put("load1", load1)
                .put("revision", revision);
    }

    jp.kakunin.load.report.Machine forReport() {
        return new jp.kakunin.load.report.Machine(
                processor, processors, memoryMiB, kernel, java, flags, disk, fsyncMicros, fsyncMicrosP99, load1);
    }

    public String text() {
        return String.format(
                Locale.ROOT,
                "machine   %s, %d processors, %d MiB, %s, load %.1f%njava      %s %s%n"
                        + "disk      %s, fsync of 512 B: median %d µs, p99 %d µs%nrevision  %s%n",
                processor,
                processors,
                memoryMiB,
                kernel,
                load1,
                java,
                String.join(" ", flags),
                disk,
                fsyncMicros,
                fsyncMicrosP99,
                revision);
    }

    /// Resident memory of a process in KiB, 0 when it is gone.
    public static long residentKiB(long pid) {
        return kib(firstValue("/proc/" + pid + "/status", "VmRSS"));
    }

    private static Histogram syncs(Path folder) throws IOException {
        Histogram micros = new Histogram(MICROS_MAX, 3);
        Path file = Files.createTempFile(folder, "fsync", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long begun = System.nanoTime();
                channel.write(ByteBuffer.allocate(SYNC_BYTES));
                channel.force(false);
                micros.recordValue(Math.min(MICROS_MAX, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun)));
            }
        } finally {
            Files.delete(file);
        }
        return micros;
    }

    private static String firstValue(String file, String key) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException | UncheckedIOException _) {
            return "unknown";
        }
    }

    private static long kib(String value) {
        String digits = value.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String revision(Path home) {
        try {
            Process git = new ProcessBuilder("git", "-C", home.toString(), "describe", "--always", "--dirty")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? said : "unknown";
        } catch (IOException _) {
            return "unknown";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
