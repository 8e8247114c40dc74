package jp.kakunin.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.kakunin.hub.HubWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class AccountCommandTest {
    @TempDir
    Path data;

    private StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out = new StringWriter();
        CommandLine line = HubCommand.commandLine(HubWorld.system());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void an_account_is_made_listed_locked_and_given_a_new_code() throws Exception {
        String at = data.toString();
        assertThat(run(
                        "account",
                        "create",
                        "--data",
                        at,
                        "--clinic",
                        "1380000016",
                        "--name",
                        "さくら",
                        "--carrier",
                        "NTT"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .containsPattern("password: [a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}")
                .containsPattern("code: \\d{4}-\\d{4}-\\d{4}")
                .contains("id: W0000001")
                .containsPattern("check: .{24}");
        assertThat(Files.readString(data.resolve("hub/clinics.csv")))
                .contains("1380000016,さくら")
                .contains(",13,NTT,");
        assertThat(run("account", "create", "--data", at, "--clinic", "1380000016", "--name", "さくら"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("hub account code 1380000016");

        assertThat(run("account", "lock", "--data", at, "1380000016")).isEqualTo(ExitCode.OK);
        run("account", "list", "--data", at);
        assertThat(out.toString()).contains("LOCKED").contains("OPEN");
        assertThat(run("account", "unlock", "--data", at, "1380000016")).isEqualTo(ExitCode.OK);

        Path sheet = data.resolve("sheet.pdf");
        assertThat(run("account", "code", "--data", at, "1380000016", "--sheet", sheet.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).doesNotContain("code:");
        assertThat(sheet).isNotEmptyFile();
        assertThat(run("account", "code", "--data", at, "1380000016", "--sheet", sheet.toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void what_is_wrong_is_named() {
        assertThat(run("account", "create", "--data", data.toString(), "--clinic", "138", "--name", "x"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--clinic: the institution code must be 10 digits");
        assertThat(run("account", "code", "--data", data.toString(), "1380000016"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("has no account");
        assertThat(run("device", "revoke", "--data", data.toString(), "x")).isEqualTo(ExitCode.USAGE);
        assertThat(run("account")).isEqualTo(ExitCode.USAGE);
    }
}
