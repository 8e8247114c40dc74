package jp.kakunin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.kakunin.edge.cli.EdgeCommand;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.PcscPort;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class EdgeMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data;

    @Test
    void a_device_whose_identity_is_damaged_says_what_to_do() throws IOException {
        Path identity = Files.createDirectories(data.resolve("edge/identity"));
        Files.writeString(identity.resolve("identity.properties"), "device=?\n");

        assertThat(run("--data", data.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("identity cannot be used", "edge activate --again --data " + data);
    }

    @Test
    void an_activation_names_the_wrong_value_before_anything_is_sent() {
        assertThat(run("activate", "--data", data.toString(), "--hub", "http://x", "--check", "1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("A01 ");
        assertThat(run("activate", "--data", data.toString(), "--hub", "localhost:1", "--check", "1"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("A02 ");
        assertThat(run("activate", "--data", data.toString())).isEqualTo(2);
    }

    @Test
    void questions_to_an_edge_that_does_not_run_say_how_to_start_it() {
        for (String command : new String[] {"visits", "status", "stop"}) {
            assertThat(run(command, "--data", data.toString())).isEqualTo(69);
        }

        assertThat(err.toString()).contains("no edge runs on " + data, "./kakunin edge --data " + data);
    }

    @Test
    void wrong_usage_is_told_apart() {
        assertThat(run("--port", "70000", "--data", data.toString())).isEqualTo(2);
        assertThat(run("defer", "--data", data.toString())).isEqualTo(2);
        assertThat(run("tap", "--data", data.toString())).isEqualTo(2);
        assertThat(run("visits", "--date", "soon", "--data", data.toString())).isEqualTo(2);
    }

    @Test
    void every_command_explains_itself() {
        for (String command : new String[] {"activate", "stop", "status", "visits", "tap", "defer", "join"}) {
            assertThat(run(command, "--help")).isZero();
        }

        assertThat(out.toString()).contains("Usage: edge tap", "--pin", "--patient-name", "--json", "--data");
    }

    private int run(String... arguments) {
        CommandLine line = EdgeCommand.commandLine(() -> World.system(reader()));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private static CardReader reader() {
        return PortCardReader.start(new PcscPort(), ReaderOptions.DEFAULT);
    }
}
