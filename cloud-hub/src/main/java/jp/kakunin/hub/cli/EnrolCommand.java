package jp.kakunin.hub.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.enrolment.Enrolment;
import jp.kakunin.hub.enrolment.Enrolment.AlreadyEnrolledException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub enrol`
@Command(
        name = "enrol",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the identity of one edge node and enters it and its clinics into the hub's registers.",
            "Works while the hub runs and before its first start."
        })
final class EnrolCommand implements Callable<Integer> {
    private static final int CLINICS_MAX = 2;

    private final HubWorld world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Name of the device for operators (default: reception).")
    private String device = "reception";

    @Option(
            names = "--clinic",
            required = true,
            paramLabel = "CODE=NAME",
            description = "Institution code (10 digits) and name; twice for a site of two clinics.")
    private List<String> clinics = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Identity folder to write (default: DATA/edge/identity).")
    private @Nullable Path out;

    @Option(
            names = "--replace",
            description = "Replace an identity that is there; the device it belonged to is revoked.")
    private boolean replace;

    EnrolCommand(HubWorld world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        SortedMap<InstitutionCode, String> wanted = clinics();
        Path identity = out == null
                ? data.folder().edgeIdentity()
                : out.toAbsolutePath().normalize();
        if (!isName(device)) {
            throw new CommandException(ExitCode.USAGE, "--device must be one line of text");
        }
        var wish = new Enrolment.Wish(device, wanted, identity, replace);
        try {
            DeviceId made = new Enrolment(data.folder(), world.clock(), world.secrets()).enrol(wish);
            PrintWriter outWriter = spec.commandLine().getOut();
            outWriter.println("device: " + made);
            outWriter.println("identity: " + identity);
            outWriter.flush();
            return ExitCode.OK;
        } catch (AlreadyEnrolledException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    e.getMessage()
                            + "; use another --out folder, or --replace to make a new one (the old device is revoked)");
        }
    }

    private SortedMap<InstitutionCode, String> clinics() {
        if (clinics.size() > CLINICS_MAX) {
            throw new CommandException(ExitCode.USAGE, "a device serves one clinic, or two of the same site");
        }
        var wanted = new TreeMap<InstitutionCode, String>();
        for (String text : clinics) {
            int equals = text.indexOf('=');
            String name = text.substring(equals + 1).strip();
            if (equals < 0 || !isName(name)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--clinic must be CODE=NAME, e.g. --clinic 1380000016=Sakura, was '" + text + "'");
            }
            try {
                wanted.put(new InstitutionCode(text.substring(0, equals).strip()), name);
            } catch (IllegalArgumentException e) {
                throw new CommandException(ExitCode.USAGE, "--clinic: the " + e.getMessage() + ", was '" + text + "'");
            }
        }
        wanted.keySet().stream().filter(code -> !code.hasValidCheckDigit()).forEach(this::warn);
        return wanted;
    }

    private void warn(InstitutionCode code) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("warning: the check digit of institution code " + code
                + " is wrong; enrolled all the same, please compare it with the clinic's papers");
        err.flush();
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }
}
