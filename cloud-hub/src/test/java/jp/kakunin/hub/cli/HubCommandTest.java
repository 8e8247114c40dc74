package jp.kakunin.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jp.kakunin.hub.HubWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class HubCommandTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = HubCommand.commandLine(HubWorld.system());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void every_command_explains_itself() {
        for (String command : new String[] {
            "stop",
            "history",
            "worklist",
            "clinics",
            "proof",
            "enrol",
            "account",
            "device",
            "erasures",
            "verify",
            "backup",
            "restore",
            "quarantine"
        }) {
            assertThat(run(command, "--help")).isEqualTo(ExitCode.OK);
            assertThat(out.toString()).contains("Usage: hub " + command);
        }
        assertThat(run("--help")).isEqualTo(ExitCode.OK);
    }

    @Test
    void asking_without_a_running_hub_says_how_to_start_one() {
        for (String command : new String[] {"stop", "worklist", "clinics", "quarantine"}) {
            assertThat(run(command, "--data", data.toString())).isEqualTo(ExitCode.NOT_RUNNING);
            assertThat(err.toString()).contains("hub " + command + ": no hub runs on " + data);
        }
    }

    @Test
    void wrong_values_are_named() {
        assertThat(run("history", "--data", data.toString(), "--clinic", "12", "--month", "2026-11"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--clinic must be an institution code of 10 digits");
        assertThat(run("history", "--data", data.toString(), "--clinic", "1380000016", "--month", "2026-13"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--month must be YYYY-MM");
        assertThat(run("--data", data.toString(), "--console-port", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("console port must be 0 to 65535, was 70000");
        assertThat(run("unknown")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void enrolment_writes_the_identity_and_tells_where() {
        assertThat(run("enrol", "--data", data.toString(), "--clinic", "1380000016=さくら接骨院"))
                .isEqualTo(ExitCode.OK);

        Path identity = data.resolve("edge").resolve("identity");
        assertThat(out.toString()).contains("identity: " + identity);
        assertThat(Files.exists(identity.resolve("identity.properties"))).isTrue();
    }

    @Test
    void a_wrong_check_digit_is_only_a_warning() {
        assertThat(run("enrol", "--data", data.toString(), "--clinic", "1390000012=さくら接骨院"))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("warning: the check digit of institution code 1390000012 is wrong");
    }

    @Test
    void an_identity_is_replaced_only_on_demand() {
        String[] enrol = {"enrol", "--data", data.toString(), "--clinic", "1380000016=さくら"};
        assertThat(run(enrol)).isEqualTo(ExitCode.OK);
        assertThat(run(enrol)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString())
                .contains("already holds the identity of a device")
                .contains("--replace");
        assertThat(run("enrol", "--data", data.toString(), "--clinic", "1380000016=さくら", "--replace"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void a_clinic_without_a_name_is_refused() {
        assertThat(run("enrol", "--data", data.toString(), "--clinic", "1380000016"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("enrol", "--data", data.toString(), "--clinic", "139=さくら"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("institution code must be 10 digits");
    }

    @Test
    void the_data_directory_is_in_the_users_data_home() {
        assertThat(new DataDirectory(Map.of("XDG_DATA_HOME", "/somewhere")).path())
                .isEqualTo(Path.of("/somewhere/kakunin"));
        assertThat(new DataDirectory(Map.of()).path()).endsWithRaw(Path.of(".local", "share", "kakunin"));
    }
}
