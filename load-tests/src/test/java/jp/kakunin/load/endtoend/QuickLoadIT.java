package jp.kakunin.load.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.load.report.ReportFiles;
import jp.kakunin.load.report.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `load --scenario quick`: a fleet on real connections, a hub that is killed meanwhile, everything read back. How fast
/// it went is not asked here.
@Timeout(300)
final class QuickLoadIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void P2_what_a_killed_hub_acknowledged_is_all_there_and_stands_as_scripted() throws Exception {
        List<String> command = new ArrayList<>(Programs.java("load-tests", List.of("-Dkakunin.home=" + ROOT)));
        command.addAll(List.of("load", "--scenario", "quick", "--seed", "1", "--report", folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KAKUNIN_BUILD", "no");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();

        RunReport report = ReportFiles.read(folder);
        RunReport.Verification found = report.verification();
        assertNotNull(found, exit + ": " + said);
        assertTrue(found.isGood(), said);
        assertTrue(report.counts().addsUp(), said);
        assertEquals(report.counts().planned(), found.exactlyOnce(), said);
        assertTrue(Files.size(folder.resolve("live.intervals.hlog")) > 0, said);
    }
}
