package jp.kakunin.edge.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.concurrent.Callable;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.doctor.Doctor;
import jp.kakunin.edge.doctor.Fault;
import jp.kakunin.edge.doctor.Finding;
import jp.kakunin.edge.doctor.SupportBundle;
import jp.kakunin.edge.reader.PcscPort;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge doctor`
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Names the part that is broken: PC, account, card service, reader, line, DNS, TLS, hub, clock or authority.",
            "For the staff what to do now, for the supplier what to look at. Changes nothing; an edge may run.",
            "Exit codes: 0 everything works, 1 something is broken."
        })
final class DoctorCommand implements Callable<Integer> {
    private static final String VERSION = "0.1.0";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description =
                    "Write a ZIP file for the supplier: findings, versions, sizes and the log, without personal data.")
    private @Nullable Path bundle;

    @Override
    public Integer call() throws IOException {
        EdgeConfig config = data.config(0);
        List<Finding> findings =
                new Doctor(config.folder(), config.identity(), new PcscPort(), InstantSource.system()).examine();
        PrintWriter out = spec.commandLine().getOut();
        print(out, findings);
        if (bundle != null) {
            try (OutputStream file = Files.newOutputStream(bundle, StandardOpenOption.CREATE_NEW)) {
                new SupportBundle(config.folder(), VERSION).write(file, findings);
            } catch (IOException e) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "the bundle cannot be written to " + bundle + ": choose a new file name (" + e + ")");
            }
            out.println("bundle: " + bundle + " (no personal data; send it to the supplier)");
        }
        out.flush();
        return findings.stream().anyMatch(DoctorCommand::isBroken) ? ExitCode.FAILED : ExitCode.OK;
    }

    private static void print(PrintWriter out, List<Finding> findings) {
        Locale locale = Locale.getDefault().getLanguage().equals("ja") ? Locale.ROOT : Locale.ENGLISH;
        ResourceBundle texts = ResourceBundle.getBundle(
                "jp.kakunin.edge.doctor.texts",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        for (Finding finding : findings) {
            String mark = switch (finding.state()) {
                case WORKS -> "ok  ";
                case BROKEN -> "BAD ";
                case NOT_LOOKED_AT -> "-   ";
            };
            String name = texts.getString("part." + finding.part().name().toLowerCase(Locale.ROOT));
            out.println(mark + name + (finding.detail().isEmpty() ? "" : ": " + finding.detail()));
        }
        for (Finding finding : findings) {
            Fault fault = finding.fault();
            if (fault != null) {
                out.println();
                out.println(fault.code() + " " + texts.getString(fault.code() + ".name"));
                out.println("  " + texts.getString(fault.code() + ".staff"));
                out.println("  " + texts.getString("supplier") + ": " + texts.getString(fault.code() + ".supplier"));
            }
        }
    }

    private static boolean isBroken(Finding finding) {
        return finding.state() == Finding.State.BROKEN;
    }
}
