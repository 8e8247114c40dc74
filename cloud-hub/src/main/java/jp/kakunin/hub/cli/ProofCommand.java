package jp.kakunin.hub.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Random;
import java.util.concurrent.Callable;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.hub.pki.HubKeys;
import jp.kakunin.hub.proof.AuditStubs;
import jp.kakunin.hub.proof.ProofNumbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub proof`: needs the hub's key, no running hub, and no month that is gone.
@Command(
        name = "proof",
        mixinStandardHelpOptions = true,
        description =
                "Tells whether this hub gave a proof number for a check at that clinic, of that date and outcome.",
        footer = {
            "",
            "Exit codes: 0 genuine, 1 not given by this hub for these, 2 mistyped or wrong usage, 66 no hub was set up here."
        })
final class ProofCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--clinic", required = true, paramLabel = "CODE", description = "Institution code, 10 digits.")
    private String clinic = "";

    @Option(
            names = "--date",
            required = true,
            paramLabel = "YYYY-MM-DD",
            description = "The date that was asked for: the treatment date.")
    private String date = "";

    @Option(
            names = "--class",
            required = true,
            paramLabel = "CLASS",
            description = "What the answer was: ${COMPLETION-CANDIDATES}.")
    private Answer.Outcome outcome = Answer.Outcome.VALID;

    @Option(names = "--number", required = true, paramLabel = "NUMBER", description = "The proof number, as written.")
    private String number = "";

    @Override
    public Integer call() throws IOException {
        byte[] key = HubKeys.proofNumbers(data.folder().keys());
        if (key == null) {
            throw new CommandException(
                    ExitCode.UNKNOWN,
                    "no hub was set up in " + data.path() + ": there is no key of proof numbers. Give the hub's data"
                            + " directory with --data");
        }
        ProofNumber proof = read("--number", () -> ProofNumber.parse(number));
        InstitutionCode code = read("--clinic", () -> new InstitutionCode(clinic));
        LocalDate day = read("--date", () -> LocalDate.parse(date));
        PrintWriter out = spec.commandLine().getOut();
        if (!new ProofNumbers(key, new Random()).isGenuine(proof, code, day, outcome)) {
            out.println("not genuine: this hub did not give " + proof + " for clinic " + code + ", " + day + ", "
                    + outcome);
            return ExitCode.FAILED;
        }
        out.println("genuine: " + proof + " was given for clinic " + code + ", " + day + ", " + outcome);
        new AuditStubs(data.folder().audit()).find(proof).ifPresent(stub -> out.println("recorded: " + stub));
        return ExitCode.OK;
    }

    private interface Reading<T> {
        T value();
    }

    private static <T> T read(String option, Reading<T> reading) {
        try {
            return reading.value();
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new CommandException(ExitCode.USAGE, option + ": " + e.getMessage());
        }
    }
}
