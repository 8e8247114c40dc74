package jp.kakunin.edge.doctor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What a supplier needs to help from afar, and nothing of any person: findings, versions, sizes, and the log without
/// whatever could be a name, a number or a secret. No fact, key, certificate or setting is in it.
public final class SupportBundle {
    /// Enough for weeks of an ordinary log; old lines go first.
    static final int LOG_BYTES_MAX = 2 * 1024 * 1024;

    /// The log is written in English; anything else is data that slipped in.
    private static final Pattern NOT_ENGLISH = Pattern.compile("[^\\x20-\\x7e\\n\\t]+");

    /// Insured numbers and birth dates are digits, proof numbers and tokens letters and digits in a row. The time
    /// at the beginning of a line stays, and so do short counts.
    private static final Pattern LONG_RUN =
            Pattern.compile("(?<![0-9A-Za-z])(?=[0-9A-Za-z-]*[0-9])[0-9A-Za-z][0-9A-Za-z-]{6,}(?![0-9A-Za-z])");

    private static final int TIMESTAMP_CHARACTERS = 28;

    private final Path folder;
    private final String version;

    /// @param folder the edge's own, `DIR/edge`
    public SupportBundle(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    public void write(OutputStream to, List<Finding> findings) throws IOException {
        try (var zip = new ZipOutputStream(to, StandardCharsets.UTF_8)) {
            entry(zip, "findings.json", findings(findings).encodePrettily());
            entry(zip, "versions.json", versions().encodePrettily());
            entry(zip, "files.txt", files());
            for (Path log : logs()) {
                entry(zip, "log/" + log.getFileName(), cleaned(lastOf(log)));
            }
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static JsonArray findings(List<Finding> findings) {
        var all = new JsonArray();
        findings.forEach(finding -> all.add(new JsonObject()
                .put("part", finding.part().name())
                .put("code", finding.fault() == null ? null : finding.fault().code())
                .put("state", finding.state().name())
                .put("detail", finding.detail())));
        return all;
    }

    private JsonObject versions() {
        Runtime runtime = Runtime.getRuntime();
        return new JsonObject()
                .put("kakunin", version)
                .put("java", System.getProperty("java.runtime.version"))
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("architecture", System.getProperty("os.arch"))
                .put("processors", runtime.availableProcessors());
    }

    /// Sizes alone. Names below the store and the identity are the program's own.
    private String files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return "there is no " + folder.getFileName() + " folder\n";
        }
        var text = new StringBuilder();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                text.append(Files.size(file))
                        .append(' ')
                        .append(folder.relativize(file))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private List<Path> logs() throws IOException {
        Path logs = folder.resolve("log");
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private static String lastOf(Path log) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int from = Math.max(0, all.length - LOG_BYTES_MAX);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    static String cleaned(String log) {
        var clean = new StringBuilder();
        log.lines().forEach(line -> {
            boolean stamped = line.matches("\\d{4}-\\d{2}-\\d{2}T.*") && line.length() > TIMESTAMP_CHARACTERS;
            int rest = stamped ? TIMESTAMP_CHARACTERS : 0;
            clean.append(line, 0, rest)
                    .append(LONG_RUN.matcher(
                                    NOT_ENGLISH.matcher(line.substring(rest)).replaceAll("?"))
                            .replaceAll("#"))
                    .append('\n');
        });
        return clean.toString();
    }
}
