package jp.kakunin.load.report;

import java.util.List;

/// The conditions of a measurement: without them a figure says nothing.
///
/// @param load1 run queue of the last minute when the run began; above the number of processors the machine was busy
///     with other things
/// @param fsyncMicros median and 99th percentile of writing 512 bytes and syncing them
public record Machine(
        String processor,
        int processors,
        long memoryMebibytes,
        String kernel,
        String java,
        List<String> flags,
        String disk,
        long fsyncMicros,
        long fsyncMicrosP99,
        double load1) {
    public Machine {
        flags = List.copyOf(flags);
    }
}
