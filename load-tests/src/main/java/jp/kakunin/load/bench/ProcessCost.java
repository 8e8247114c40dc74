package jp.kakunin.load.bench;

import java.time.Duration;

/// Processor time a process has used so far.
final class ProcessCost {
    private ProcessCost() {}

    static long cpuNanos(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }
}
