package jp.kakunin.load.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/// What this process and a data folder hold: live objects by class after a full collection, threads, descriptors,
/// files.
///
/// @param objects count of live ones, by class
record Census(Map<String, Long> objects, long heapBytes, long threads, long descriptors, long files, long fileBytes) {
    /// Objects of the product may differ by this and a twentieth: what is being done at the moment. One lost each
    /// day is more.
    static final long OURS_SLACK = 20;

    /// Strings, arrays and nodes vary more; one lost with each visit is more than this in a month.
    static final long OTHERS_SLACK = 500;

    static final long HEAP_SLACK_BYTES = 1L << 20;
    static final long HANDLES_SLACK = 4;
    static final long FILES_SLACK = 20;
    static final long FILE_SLACK_BYTES = 4L << 20;

    private static final Pattern LINE = Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)");
    /// What the collector leaves between objects instead of moving them.
    private static final String FILLER = "jdk.internal.vm.Filler";

    private static final String OURS = "jp.kakunin.";

    Census {
        // Without a node for each class: this census is counted by the next.
        objects = Map.copyOf(objects);
    }

    static Census take(Path data) throws IOException, JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Long> objects = new HashMap<>();
        long heap = 0;
        for (String line : histogram.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.find() && !matcher.group(3).contains(FILLER)) {
                objects.merge(kind(matcher.group(3)), Long.valueOf(matcher.group(1)), Long::sum);
                heap += Long.parseLong(matcher.group(2));
            }
        }
        long files;
        long bytes = 0;
        try (Stream<Path> all = Files.walk(data)) {
            List<Path> found = all.filter(Files::isRegularFile).toList();
            files = found.size();
            for (Path file : found) {
                bytes += Files.size(file);
            }
        }
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Census(
                objects,
                heap,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getOpenFileDescriptorCount(),
                files,
                bytes);
    }

    /// Hidden classes of one lambda are numbered anew in each run.
    private static String kind(String name) {
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda + 8);
    }

    /// What there is more of than there should be, at a time when as much should be there as before.
    List<String> grownSince(Census before) {
        List<String> grown = new ArrayList<>();
        objects.forEach((kind, count) -> compare(
                grown,
                kind,
                before.objects.getOrDefault(kind, 0L),
                count,
                kind.contains(OURS) ? OURS_SLACK : OTHERS_SLACK));
        compare(grown, "bytes of heap", before.heapBytes, heapBytes, HEAP_SLACK_BYTES);
        compare(grown, "threads", before.threads, threads, HANDLES_SLACK);
        compare(grown, "descriptors", before.descriptors, descriptors, HANDLES_SLACK);
        compare(grown, "files", before.files, files, FILES_SLACK);
        compare(grown, "bytes on disk", before.fileBytes, fileBytes, FILE_SLACK_BYTES);
        return grown;
    }

    private static void compare(List<String> grown, String what, long before, long now, long slack) {
        if (now > before + before / 20 + slack) {
            grown.add(what + ": " + before + " before, now " + now);
        }
    }

    @Override
    public String toString() {
        return "%,d KiB of heap, %d threads, %d descriptors, %d files with %,d KiB"
                .formatted(heapBytes / 1024, threads, descriptors, files, fileBytes / 1024);
    }
}
