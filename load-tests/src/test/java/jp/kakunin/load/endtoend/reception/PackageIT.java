package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.edge.EdgeTestIdentity;
import jp.kakunin.load.endtoend.Until;
import jp.kakunin.load.endtoend.reception.Launcher.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Debian package of the edge node: made, unpacked, and run with nothing but what it brings along.
class PackageIT {
    private static final long COMMAND_SECONDS_MAX = 120;

    /// Neither Java, nor a locale that knows Japanese.
    private static final Map<String, String> BARE = Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C");

    @TempDir
    private Path folder;

    @Test
    void a_machine_without_java_runs_the_desk_from_the_package() throws Exception {
        Ended made = Launcher.run("package");
        assertThat(made.code()).as(made.err()).isZero();
        Path deb = Path.of(made.out().strip());
        Path installed = folder.resolve("installed");
        assertThat(run("dpkg-deb", "-x", deb.toString(), installed.toString())).isEmpty();
        itSaysWhatItIs(deb);
        theServiceStartsWhatIsThere(installed);

        Path data = folder.resolve("data");
        Ended enrolled = Launcher.run("hub", "enrol", "--data", data.toString(), "--clinic", "1380000016=みどり整骨院");
        assertThat(enrolled.code()).as(enrolled.err()).isZero();
        String edge = installed.resolve("opt/kakunin-edge/bin/kakunin-edge").toString();
        Path said = folder.resolve("said");
        Process node = process(List.of(edge, "--data", data.toString()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            Until.until("the desk is open", () -> Files.readString(said).contains("desk: "));
            run(edge, "defer", "--data", data.toString(), "--patient-name", "見本 包");
            assertThat(run(edge, "visits", "--data", data.toString())).contains("見本 包", "DEFERRED");
            run(edge, "stop", "--data", data.toString());
            assertThat(node.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).isZero();
        } finally {
            node.destroy();
        }
    }

    /// In a copy of this machine that is gone afterwards; the script says what it demands.
    @Test
    void it_is_installed_used_upgraded_removed_and_purged_and_keeps_what_was_recorded() throws Exception {
        Ended made = Launcher.run("package");
        assertThat(made.code()).as(made.err()).isZero();
        Path identity = folder.resolve("identity");
        EdgeTestIdentity.copyTo(identity);
        Path script = folder.resolve("life-of-the-package.sh");
        try (InputStream in = PackageIT.class.getResourceAsStream("/life-of-the-package.sh")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        Path root = Files.createDirectory(folder.resolve("machine"));

        String said = run("sh", script.toString(), root.toString(), made.out().strip(), identity.toString());

        assertThat(said.lines()).containsSubsequence("installed", "used", "upgraded", "purged");
    }

    private void itSaysWhatItIs(Path deb) throws Exception {
        assertThat(run("dpkg-deb", "--field", deb.toString()))
                .contains("Package: kakunin-edge\n", "Depends: libc6, libpcsclite1, pcscd");
        Path control = folder.resolve("control");
        run("dpkg-deb", "-e", deb.toString(), control.toString());
        for (String script : List.of("postinst", "prerm", "postrm")) {
            assertThat(control.resolve(script)).isExecutable();
            run("sh", "-n", control.resolve(script).toString());
        }
    }

    private static void theServiceStartsWhatIsThere(Path installed) throws IOException {
        String service = Files.readString(installed.resolve("lib/systemd/system/kakunin-edge.service"));
        String started = service.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=/".length()).split(" ")[0])
                .findFirst()
                .orElseThrow();
        assertThat(installed.resolve(started)).isExecutable();
        assertThat(installed.resolve("usr/bin/kakunin-edge").toRealPath())
                .isEqualTo(installed.resolve(started).toRealPath());
        try (Stream<Path> top = Files.list(installed)) {
            assertThat(top.map(path -> path.getFileName().toString())).containsOnly("opt", "usr", "lib");
        }
    }

    /// What it printed; it must succeed.
    private String run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = process(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }

    private static ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(new ArrayList<>(command));
        builder.environment().clear();
        builder.environment().putAll(BARE);
        return builder.redirectInput(Path.of("/dev/null").toFile());
    }
}
