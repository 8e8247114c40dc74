package jp.kakunin.edge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.ReceiptKeyFile;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityException;
import jp.kakunin.edge.receipt.ReceiptKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `edge receipt-key`: the keys of receipt computers. Works whether the edge runs or not.
@Command(
        name = "receipt-key",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and removes the keys with which receipt computers read visits.")
final class ReceiptKeyCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Makes a key for one program and one clinic, and shows it: it cannot be shown again.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Name of the program, e.g. receipt1.") String name,
            @Option(
                            names = "--clinic",
                            paramLabel = "CODE",
                            defaultValue = "",
                            description = "Institution code; not needed where there is only one clinic.")
                    String clinic,
            @Mixin DataOption place)
            throws IOException {
        try {
            String key = keys(place).add(name, clinic(place.config(0), clinic));
            PrintWriter out = spec.commandLine().getOut();
            out.println(key);
            out.flush();
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists names and clinics of the keys.")
    int list(@Mixin DataOption place) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (ReceiptKey key : keys(place).read()) {
            out.println(key.name() + "  " + key.clinic());
        }
        out.flush();
        return ExitCode.OK;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a key: from the next request on it opens nothing.")
    int remove(@Parameters(paramLabel = "NAME", description = "Name of the key.") String name, @Mixin DataOption place)
            throws IOException {
        if (keys(place).remove(name)) {
            return ExitCode.OK;
        }
        throw new CommandException(ExitCode.FAILED, "there is no key \"" + name + "\"; see: edge receipt-key list");
    }

    private static ReceiptKeyFile keys(DataOption place) {
        return new ReceiptKeyFile(place.config(0).receiptKeys());
    }

    private static InstitutionCode clinic(EdgeConfig config, String asked) {
        List<InstitutionCode> clinics;
        try {
            clinics = EdgeIdentity.read(config.identity()).clinicCodes();
        } catch (IdentityException e) {
            throw new CommandException(ExitCode.FAILED, "this device is not enrolled: " + e.getMessage());
        }
        Optional<InstitutionCode> found = clinics.stream()
                .filter(clinic ->
                        asked.isEmpty() ? clinics.size() == 1 : clinic.digits().equals(asked))
                .findFirst();
        return found.orElseThrow(
                () -> new CommandException(ExitCode.FAILED, "--clinic must be one of this site's: " + clinics));
    }
}
