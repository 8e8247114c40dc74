package jp.kakunin.edge.receipt;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.kakunin.domain.TreatmentMonth;

/// How many dropped files of each month were removed because the month was out of sight: the part of a month's erasure
/// that only this device knows. Kept for good, since it names nobody. One line a month, e.g. `2026-09 12`.
final class ErasedFiles {
    private static final Pattern LINE = Pattern.compile("([0-9]{4}-(?:0[1-9]|1[0-2])) ([0-9]{1,18})");

    private final Path file;
    private final AtomicFile files;
    private final Map<TreatmentMonth, Long> counts = new TreeMap<>();
    private boolean read;
    private boolean kept = true;

    ErasedFiles(Path file, AtomicFile files) {
        this.file = file;
        this.files = files;
    }

    /// Counts what is gone; [#keep] writes it down, again if it could not before. Forgetting waits for no disk.
    void count(TreatmentMonth month, long gone) throws IOException {
        read();
        counts.merge(month, gone, Long::sum);
        kept = false;
    }

    void keep() throws IOException {
        if (!kept) {
            String lines = counts.entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue() + "\n")
                    .collect(Collectors.joining());
            files.write(file, lines.getBytes(StandardCharsets.US_ASCII));
            kept = true;
        }
    }

    JsonObject json() {
        try {
            read();
        } catch (IOException _) {
            // Told when it can be read again.
        }
        JsonObject months = new JsonObject();
        counts.forEach((month, gone) -> months.put(month.toString(), gone));
        return months;
    }

    private void read() throws IOException {
        if (!read && Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    counts.merge(TreatmentMonth.parse(matcher.group(1)), Long.valueOf(matcher.group(2)), Long::sum);
                }
            }
        }
        read = true;
    }
}
