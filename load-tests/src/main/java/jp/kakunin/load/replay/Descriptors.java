package jp.kakunin.load.replay;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Each edge is an open connection of this process, and of the hub's; the system allows a process so many files.
public final class Descriptors {
    /// What a process has open besides: the hub's store, the tester's report.
    static final int BESIDES = 2_000;

    private Descriptors() {}

    /// @throws IllegalArgumentException if this process, and thus a hub started by it, may not open that many
    public static void check(int edges) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            check(edges, system.getMaxFileDescriptorCount());
        }
    }

    static void check(int edges, long allowed) {
        if (edges > allowed - BESIDES) {
            throw new IllegalArgumentException("--edges " + edges + " needs " + (edges + BESIDES)
                    + " open files, and the system allows a process " + allowed + ": take at most "
                    + Math.max(0, allowed - BESIDES)
                    + " edges, or raise the limit (ulimit -Hn; LimitNOFILE of systemd)");
        }
    }
}
