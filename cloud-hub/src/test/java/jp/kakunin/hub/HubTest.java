package jp.kakunin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import jp.kakunin.hub.cli.HubCommand;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.StillKeys;
import jp.kakunin.hub.disk.Tree;
import jp.kakunin.hub.journal.Vandal;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A whole hub in this process.
final class HubTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Hub hub() {
        return new Hub(HubConfig.of(data), HubWorld.system());
    }

    private int run(String... arguments) {
        CommandLine line = HubCommand.commandLine(HubWorld.system());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private MonthKeys keys() throws IOException {
        return StillKeys.read(new HubFolder(data).monthKeys(), new SecureRandom());
    }

    private static int status(String url) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void a_hub_is_ready_when_it_has_started_and_leaves_no_run_file() throws Exception {
        var folder = new HubFolder(data);
        try (var hub = hub()) {
            hub.start();
            for (String health : new String[] {"started", "live", "ready"}) {
                assertThat(status(hub.consoleUrl() + "health/" + health)).isEqualTo(200);
            }
            assertThat(RunFile.read(folder.runFile())).isEqualTo(hub.running());
            assertThat(Files.exists(folder.registry())).isTrue();
        }
        assertThat(Files.exists(folder.runFile())).isFalse();
    }

    @Test
    void both_ports_are_open_on_loopback_alone() throws Exception {
        try (var hub = hub()) {
            hub.start();
            for (String url : new String[] {hub.exchangeUrl(), hub.consoleUrl()}) {
                var elsewhere = new InetSocketAddress(
                        InetAddress.ofLiteral("127.0.0.2"), URI.create(url).getPort());
                assertThatThrownBy(() -> {
                            try (var socket = new Socket()) {
                                socket.connect(elsewhere);
                            }
                        })
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void a_restart_keeps_the_ports() throws Exception {
        String exchange;
        String console;
        try (var hub = hub()) {
            hub.start();
            exchange = hub.exchangeUrl();
            console = hub.consoleUrl();
        }
        try (var again = hub()) {
            again.start();
            assertThat(again.exchangeUrl()).isEqualTo(exchange);
            assertThat(again.consoleUrl()).isEqualTo(console);
        }
    }

    @Test
    void a_second_hub_on_the_same_data_is_refused() throws Exception {
        try (var hub = hub();
                var second = hub()) {
            hub.start();

            assertThatThrownBy(second::start)
                    .isInstanceOf(HubStartException.class)
                    .hasMessageContaining("a hub already runs on " + data)
                    .hasMessageContaining("hub stop");
            assertThat(status(hub.consoleUrl() + "health/ready")).isEqualTo(200);
        }
    }

    @Test
    void the_commands_ask_the_running_hub() throws Exception {
        try (var hub = hub()) {
            hub.start();
            assertThat(run("enrol", "--data", data.toString(), "--clinic", "1380000016=Sakura"))
                    .isZero();
            assertThat(run("clinics", "--data", data.toString(), "--json")).isZero();
            assertThat(out.toString()).contains("\"state\" : \"NOT_SEEN\"");
            assertThat(run("history", "--data", data.toString(), "--clinic", "1380000016", "--month", "2020-01"))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("The treatment month 2020-01 closed");
            assertThat(run("history", "--data", data.toString(), "--clinic", "1390000029", "--month", "2026-11"))
                    .isEqualTo(66);
            assertThat(err.toString()).contains("hub history: This hub knows no clinic 1390000029");
            assertThat(run("worklist", "--data", data.toString())).isZero();
            assertThat(run("quarantine", "--data", data.toString())).isZero();
            assertThat(run("quarantine", "--data", data.toString(), "--clinic", "1390000029"))
                    .isEqualTo(66);
        }
    }

    @Test
    void verify_looks_at_a_snapshot_of_a_running_hub_and_at_the_store_of_a_stopped_one() throws Exception {
        try (var hub = hub()) {
            hub.start();
            assertThat(run("verify", "--data", data.toString())).isZero();
            assertThat(Tree.files(new HubFolder(data).snapshots())).isEmpty();
        }
        assertThat(run("verify", "--data", data.toString())).isZero();
        assertThat(out.toString()).contains("position");
        assertThat(run("verify", "--data", data.resolve("nowhere").toString())).isEqualTo(66);
        assertThat(err.toString()).contains("there is no store");
        assertThat(Files.exists(data.resolve("nowhere"))).isFalse();
    }

    @Test
    void verify_names_what_differs_and_fails() throws Exception {
        try (var hub = hub()) {
            hub.start();
        }
        var vandal = new Vandal(new HubFolder(data).store(), keys(), Sample.CLINIC, Sample.MONTH);
        vandal.head(_ -> "garbage".getBytes(StandardCharsets.UTF_8));

        assertThat(run("verify", "--data", data.toString())).isEqualTo(65);

        assertThat(out.toString()).contains("HEAD: clinic 1380000016: cannot be read");
    }

    @Test
    void a_taken_port_is_named_and_nothing_stays_open() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            try (var hub = new Hub(HubConfig.of(data).withPorts(0, port), HubWorld.system())) {
                assertThatThrownBy(hub::start)
                        .isInstanceOf(HubStartException.class)
                        .hasMessageContaining("port " + port + " is taken")
                        .hasMessageContaining("--console-port");
            }
        }
        try (var hub = hub()) {
            hub.start();
            hub.stop();
            assertThat(hub.stopWish().isDone()).isFalse();
        }
    }

    @Test
    void a_hub_far_from_when_it_last_ran_starts_only_when_the_clock_is_said_to_be_right() throws Exception {
        try (var hub = hub()) {
            hub.start();
        }
        assertThat(run("erasures", "--data", data.toString())).isZero();
        Files.delete(new HubFolder(data).lastSeen());
        assertThat(run("--data", data.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("nothing tells whether this machine's clock is right");
        Files.writeString(new HubFolder(data).lastSeen(), "2020-01-01T00:00:00Z");
        assertThat(run("--data", data.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("--clock-is-right");
        try (var hub = new Hub(HubConfig.of(data).withClockIsRight(true), HubWorld.system())) {
            hub.start();
        }
        try (var hub = hub()) {
            hub.start();
        }
    }
}
