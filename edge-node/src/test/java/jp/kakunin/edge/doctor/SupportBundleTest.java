package jp.kakunin.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupportBundleTest {
    /// What must never leave a clinic, as it could stand in a log by mistake.
    private static final List<String> PERSONAL = List.of(
            "山田 花子",
            "ﾔﾏﾀﾞ",
            "19850412",
            "1985-04-12",
            "01139013",
            "90010001",
            "123456789012",
            "1234-5678-9012",
            "01a20411-b83c-7772-8bb0-534d51cec55e",
            "7K3M-9QPD-22XW-4");

    @TempDir
    private Path folder;

    @Test
    void P5_nothing_personal_is_in_the_bundle_even_if_it_slipped_into_the_log() throws IOException {
        Path log = Files.createDirectories(folder.resolve("log")).resolve("edge-0.log");
        var lines = new StringBuilder("2026-11-20T10:32:00.123+0900 INFO edge: edge started clinics=1\n");
        for (String each : PERSONAL) {
            lines.append("2026-11-20T10:32:01.123+0900 WARNING desk: something about ")
                    .append(each)
                    .append(" and on\n")
                    .append(each)
                    .append('\n');
        }
        Files.writeString(log, lines);
        Files.writeString(
                Files.createDirectories(folder.resolve("identity")).resolve("identity.properties"),
                "clinic.1380000016.key=00ff");
        Files.writeString(folder.resolve("edge.json"), "{\"token\":\"abcdef0123456789\"}");

        Map<String, String> bundle = bundle();

        assertThat(bundle.keySet()).containsExactly("files.txt", "findings.json", "log/edge-0.log", "versions.json");
        assertThat(bundle.values())
                .allSatisfy(
                        text -> assertThat(text).doesNotContain(PERSONAL).doesNotContain("00ff", "abcdef0123456789"));
        assertThat(bundle.get("log/edge-0.log"))
                .contains("2026-11-20T10:32:00.123+0900 INFO edge: edge started clinics=1")
                .contains("something about # and on", "something about ? ? and on");
        assertThat(bundle.get("files.txt")).contains("identity/identity.properties");
        assertThat(bundle.get("findings.json")).contains("\"X06\"", "the name hub is not found");
    }

    @Test
    void a_long_log_is_cut_from_its_old_end() throws IOException {
        Path log = Files.createDirectories(folder.resolve("log")).resolve("edge-0.log");
        Files.writeString(log, "the oldest\n" + "a line\n".repeat(400_000) + "the newest\n");

        assertThat(bundle().get("log/edge-0.log")).endsWith("the newest\n").doesNotContain("the oldest");
    }

    private Map<String, String> bundle() throws IOException {
        var out = new ByteArrayOutputStream();
        new SupportBundle(folder, "0.1.0")
                .write(out, List.of(Finding.broken(Fault.NAME_NOT_FOUND, "the name hub is not found")));
        var entries = new TreeMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
