package jp.kakunin.load.replay;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import jp.kakunin.load.report.RunReport;

/// Processor time and memory of the processes that take part. One that is killed and started again counts as one.
final class ProcessWatch {
    private static final long KIB_OF_MIB = 1_024;
    private static final double NANOS = 1e9;

    private final Map<String, LongSupplier> pids;
    private final Map<String, Use> uses = new LinkedHashMap<>();

    private static final class Use {
        long pid = -1;
        long cpuNanos;
        long countedNanos;
        long residentKiBMax;
    }

    ProcessWatch(Map<String, LongSupplier> pids) {
        this.pids = new LinkedHashMap<>(pids);
        pids.keySet().forEach(name -> uses.put(name, new Use()));
    }

    /// Often enough that a process which ends has been looked at shortly before.
    void look() {
        uses.forEach((name, use) -> {
            LongSupplier of = pids.get(name);
            long pid = of == null ? -1 : of.getAsLong();
            long cpu = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .map(Duration::toNanos)
                    .orElse(-1L);
            if (cpu < 0) {
                return;
            }
            if (use.pid != pid) {
                // What it took before it was first seen was its start.
                use.countedNanos = use.pid < 0 ? cpu : 0;
                use.pid = pid;
            }
            use.cpuNanos += cpu - use.countedNanos;
            use.countedNanos = cpu;
            use.residentKiBMax = Math.max(use.residentKiBMax, Machine.residentKiB(pid));
        });
    }

    List<RunReport.ProcessUse> uses() {
        return uses.entrySet().stream()
                .map(each -> new RunReport.ProcessUse(
                        each.getKey(), each.getValue().cpuNanos / NANOS, each.getValue().residentKiBMax / KIB_OF_MIB))
                .toList();
    }
}
