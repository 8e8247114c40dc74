package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.activation.AccountOffice;
import jp.kakunin.hub.activation.AccountOffice.Issued;
import jp.kakunin.hub.activation.AccountOffice.RefusedException;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.sheet.SetUpSheet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hub account`
@Command(
        name = "account",
        mixinStandardHelpOptions = true,
        description = {
            "Clinics' accounts and activation codes. Works while the hub runs and before its first start.",
            "Password and code are printed, or put on the sheet, this one time: the hub keeps slow hashes of them."
        })
final class AccountCommand implements Runnable {
    private static final int PREFECTURES = 47;
    private static final String HELP_DESK = "事務局（電話番号は契約書をご覧ください）";

    private final HubWorld world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AccountCommand(HubWorld world) {
        this.world = world;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: create, code, list, lock or unlock");
    }

    private interface Work<T> {
        T of(AccountOffice office) throws IOException, RefusedException;
    }

    private <T> T at(DataOption data, Work<T> work) throws IOException {
        try {
            return work.of(new AccountOffice(data.folder(), world.clock(), world.secrets()));
        } catch (RefusedException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /// Where password and code go.
    static final class SheetOption {
        @Option(
                names = "--sheet",
                paramLabel = "FILE.pdf",
                description = "Write the set-up sheet there instead of printing password and code.")
        private @Nullable Path sheet;

        @Option(
                names = "--help-desk",
                paramLabel = "TEXT",
                description = "How clinics reach the office, for the sheet.")
        private String helpDesk = HELP_DESK;

        /// Before anything is issued: a code that cannot be written down is lost.
        void check() {
            if (sheet != null && Files.exists(sheet)) {
                throw new CommandException(
                        ExitCode.USAGE, "--sheet " + sheet + " is there already; name a new file or remove it");
            }
        }

        void hand(Issued issued, PrintWriter out) throws IOException {
            out.println(
                    "clinic: " + issued.clinic().code() + " " + issued.clinic().name());
            out.println("id: " + issued.id());
            if (sheet == null) {
                out.println("password: " + (issued.password() == null ? "(unchanged)" : issued.password()));
                out.println("code: " + issued.code().grouped());
                out.println("hub: " + issued.hub());
                out.println("check: " + issued.check());
            } else {
                PrivateFile.write(sheet.toAbsolutePath(), SetUpSheet.of(issued, helpDesk));
                out.println("sheet: " + sheet);
            }
            out.println("valid until: " + TreatmentMonth.dateAt(issued.until()));
            out.flush();
        }
    }

    private static InstitutionCode code(String option, String text) {
        try {
            return new InstitutionCode(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, option + ": the " + e.getMessage() + ", was '" + text + "'");
        }
    }

    private static @Nullable InstitutionCode with(@Nullable String text) {
        return text == null ? null : code("--with", text);
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Enrols a clinic and gives it an account and its first activation code.")
    int create(
            @Mixin DataOption data,
            @Option(names = "--clinic", required = true, paramLabel = "CODE", description = "Institution code.")
                    String clinic,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "The clinic's name.")
                    String name,
            @Option(
                            names = "--prefecture",
                            paramLabel = "1-47",
                            description = "JIS X 0401 number (default: the first two digits of the code).")
                    @Nullable
                    Integer prefecture,
            @Option(names = "--carrier", paramLabel = "NAME", description = "Carrier of the clinic's line.") @Nullable
                    String carrier,
            @Option(names = "--kind", paramLabel = "KIND", description = "Kind of clinic.") @Nullable String kind,
            @Option(
                            names = "--with",
                            paramLabel = "CODE",
                            description = "A second clinic of the same site, for which the device speaks too.")
                    @Nullable
                    String with,
            @Mixin SheetOption sheet)
            throws IOException {
        InstitutionCode code = code("--clinic", clinic);
        int where = prefecture == null ? code.prefecture() : prefecture;
        if (prefecture != null && (where < 1 || where > PREFECTURES)) {
            throw new CommandException(ExitCode.USAGE, "--prefecture must be 1 to " + PREFECTURES + ", was " + where);
        }
        for (String text : List.of(name, carrier == null ? "-" : carrier, kind == null ? "-" : kind)) {
            if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
                throw new CommandException(
                        ExitCode.USAGE, "--name, --carrier and --kind must each be one line of text");
            }
        }
        sheet.check();
        if (!code.hasValidCheckDigit()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("warning: the check digit of institution code " + code
                    + " is wrong; enrolled all the same, please compare it with the clinic's papers");
            err.flush();
        }
        var enrolled = new Clinic(
                code,
                name,
                TreatmentMonth.dateAt(world.clock().instant()),
                where,
                carrier == null ? "" : carrier,
                kind == null ? "" : kind);
        InstitutionCode second = with(with);
        sheet.hand(
                at(data, office -> office.create(enrolled, second)),
                spec.commandLine().getOut());
        return ExitCode.OK;
    }

    @Command(
            name = "code",
            mixinStandardHelpOptions = true,
            description = {
                "Gives a clinic a new activation code; the one before it is void.",
                "Without --replace the code adds a device to the clinic."
            })
    int code(
            @Mixin DataOption data,
            @Parameters(paramLabel = "CLINIC", description = "Institution code.") String clinic,
            @Option(
                            names = "--replace",
                            paramLabel = "DEVICE",
                            description =
                                    "Device that is revoked at the moment the code is used, e.g. after a PC change.")
                    @Nullable
                    String replace,
            @Option(names = "--new-password", description = "Give a new password too.") boolean newPassword,
            @Option(
                            names = "--with",
                            paramLabel = "CODE",
                            description = "A second clinic of the same site, for which the device speaks too.")
                    @Nullable
                    String with,
            @Mixin SheetOption sheet)
            throws IOException {
        InstitutionCode code = code("CLINIC", clinic);
        DeviceId old = replace == null ? null : DeviceCommand.device(replace);
        InstitutionCode second = with(with);
        sheet.check();
        sheet.hand(
                at(data, office -> office.code(code, second, old, newPassword)),
                spec.commandLine().getOut());
        return ExitCode.OK;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the accounts and their codes' state.")
    int list(@Mixin DataOption data, @Option(names = "--json", description = "Print JSON.") boolean json)
            throws IOException {
        var rows = new JsonArray();
        for (AccountOffice.Line line : at(data, AccountOffice::lines)) {
            rows.add(new JsonObject()
                    .put("clinic", line.clinic().digits())
                    .put("id", line.id())
                    .put("state", line.state())
                    .put("wrongTries", line.wrongTries())
                    .put("code", line.code()));
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new JsonObject().put("accounts", rows).encodePrettily());
        } else {
            Listing.print(spec.commandLine().getOut(), rows, List.of("clinic", "id", "state", "wrongTries", "code"));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "lock",
            mixinStandardHelpOptions = true,
            description = "No device can be activated with the account; devices that are active stay so.")
    int lock(
            @Mixin DataOption data, @Parameters(paramLabel = "CLINIC", description = "Institution code.") String clinic)
            throws IOException {
        return locked(data, clinic, true);
    }

    @Command(
            name = "unlock",
            mixinStandardHelpOptions = true,
            description = "Takes a lock away, also one by wrong tries, and forgets these.")
    int unlock(
            @Mixin DataOption data, @Parameters(paramLabel = "CLINIC", description = "Institution code.") String clinic)
            throws IOException {
        return locked(data, clinic, false);
    }

    private int locked(DataOption data, String clinic, boolean locked) throws IOException {
        InstitutionCode code = code("CLINIC", clinic);
        at(data, office -> {
            office.lock(code, locked);
            return code;
        });
        return ExitCode.OK;
    }
}
