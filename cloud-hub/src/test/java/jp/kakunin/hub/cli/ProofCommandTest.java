package jp.kakunin.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import jp.kakunin.domain.Answer.Outcome;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.pki.HubKeys;
import jp.kakunin.hub.proof.ProofNumbers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// No hub runs: a number is asked about years later, and the key is all there is.
final class ProofCommandTest {
    private static final String CLINIC = "1380000016";
    private static final String DAY = "2026-11-20";

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private ProofNumber number;

    @BeforeEach
    void give() throws IOException {
        var random = new SecureRandom();
        var keys = HubKeys.openOrMake(new HubFolder(data).keys(), random);
        number = new ProofNumbers(keys.proofNumbers(), random)
                .give(new InstitutionCode(CLINIC), LocalDate.parse(DAY), Outcome.VALID);
    }

    @Test
    void tells_a_genuine_number() {
        assertThat(proof(CLINIC, DAY, "VALID", number.toString().toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("genuine: " + number);
    }

    @Test
    void tells_a_number_that_was_given_for_something_else() {
        assertThat(proof("1390000029", DAY, "VALID", number.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(proof(CLINIC, "2026-11-21", "VALID", number.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(proof(CLINIC, DAY, "INVALID", number.toString())).isEqualTo(ExitCode.FAILED);
        ProofNumber forged = new ProofNumber(number.random(), number.code() ^ 1);
        assertThat(proof(CLINIC, DAY, "VALID", forged.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString().lines()).hasSize(4).allMatch(line -> line.startsWith("not genuine: "));
    }

    @Test
    void tells_what_was_mistyped() {
        char last = number.toString().charAt(19);
        String mistyped = number.toString().substring(0, 19) + (last == '3' ? '4' : '3');

        assertThat(proof(CLINIC, DAY, "VALID", mistyped)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--number: the check character does not fit");
        assertThat(proof("138", DAY, "VALID", number.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--clinic: institution code must be 10 digits");
        assertThat(proof(CLINIC, "20.11.2026", "VALID", number.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--date: ");
        assertThat(proof(CLINIC, DAY, "GOOD", number.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void says_so_where_no_hub_was_set_up(@TempDir Path empty) {
        data = empty;

        assertThat(proof(CLINIC, DAY, "VALID", number.toString())).isEqualTo(ExitCode.UNKNOWN);
        assertThat(err.toString()).contains("there is no key of proof numbers");
    }

    private int proof(String clinic, String date, String outcome, String typed) {
        CommandLine line = HubCommand.commandLine(HubWorld.system());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(
                "proof",
                "--data",
                data.toString(),
                "--clinic",
                clinic,
                "--date",
                date,
                "--class",
                outcome,
                "--number",
                typed);
    }
}
