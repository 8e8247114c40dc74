package jp.kakunin.load.report;

import static jp.kakunin.load.ExitCode.FAILED;
import static jp.kakunin.load.ExitCode.OK;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Was it better before?
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Set two reports side by side: figures, ratios, and where repeats tell, whether a difference is more than",
            "chance. Warns when machines or scenarios differ. Exit code 1 when an objective that A met, or its",
            "verification, is missed by B."
        })
public final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "The report.json to measure by, or its folder.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "The report.json to judge, or its folder.")
    private Path after;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Comparison comparison = Comparison.of(ReportFiles.read(before), ReportFiles.read(after));
        spec.commandLine().getOut().print(comparison.text());
        spec.commandLine().getOut().flush();
        return comparison.worse().isEmpty() ? OK : FAILED;
    }
}
