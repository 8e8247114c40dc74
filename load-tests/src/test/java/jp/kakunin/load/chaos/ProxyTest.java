package jp.kakunin.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No test here waits for time: where the line would, it waits at a gate.
@Timeout(30)
final class ProxyTest {
    private final BlockingQueue<Long> waits = new LinkedBlockingQueue<>();
    private final Semaphore gate = new Semaphore(0);
    private EchoHub hub;
    private Proxy line;

    @BeforeEach
    void start() throws IOException {
        hub = EchoHub.start();
        line = Proxy.to(hub.port(), nanos -> {
            waits.add(nanos);
            gate.acquire();
        });
    }

    @AfterEach
    void stop() throws IOException {
        gate.release(1_000_000);
        line.close();
        hub.close();
    }

    /// An edge of few words.
    private static final class Edge implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Edge(Proxy line) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), line.port());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void say(String words) throws IOException {
            socket.getOutputStream().write((words + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /// Null when the connection has ended, however that came about.
        @Nullable
        String hear() throws SocketTimeoutException {
            try {
                return in.readLine();
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException _) {
                return null;
            }
        }

        void hearsNothingYet() throws IOException {
            socket.setSoTimeout(20);
            assertThatThrownBy(this::hear).isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(0);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void a_line_that_is_well_carries_both_ways() throws Exception {
        try (Edge edge = new Edge(line)) {
            edge.say("one");
            assertThat(edge.hear()).isEqualTo("held one");
            edge.say("two");
            assertThat(edge.hear()).isEqualTo("held two");
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void a_delay_holds_back_what_is_said_and_then_what_is_replied() throws Exception {
        line.delay(Duration.ofSeconds(5));
        try (Edge edge = new Edge(line)) {
            edge.say("one");
            assertThat(waits.take()).isBetween(1L, Duration.ofSeconds(5).toNanos());
            assertThat(hub.heard).isEmpty();
            gate.release();
            assertThat(hub.heard.take()).isEqualTo("one");
            assertThat(waits.take()).isBetween(1L, Duration.ofSeconds(5).toNanos());
            edge.hearsNothingYet();
            gate.release();
            assertThat(edge.hear()).isEqualTo("held one");
        }
    }

    @Test
    void a_limit_holds_back_by_the_number_of_bytes() throws Exception {
        line.limit(1_000);
        gate.release(1_000);
        try (Edge edge = new Edge(line)) {
            edge.say("x".repeat(2_999));
            assertThat(edge.hear()).hasSize("held ".length() + 2_999);
        }
        long bytes = 3_000L + "held ".length() + 3_000;
        assertThat(waits.stream().mapToLong(Long::longValue).sum())
                .isEqualTo(Duration.ofSeconds(bytes).toNanos() / 1_000);
    }

    @Test
    void a_line_that_carries_nothing_is_not_a_limit() {
        assertThatThrownBy(() -> line.limit(0)).hasMessageContaining("at least 1 byte per second");
    }

    @Test
    void an_unplugged_line_breaks_connections_and_takes_none_until_it_is_plugged() throws Exception {
        try (Edge edge = new Edge(line)) {
            edge.say("one");
            assertThat(edge.hear()).isEqualTo("held one");
            line.unplug();
            assertThat(edge.hear()).isNull();
        }
        try (Edge edge = new Edge(line)) {
            assertThat(edge.hear()).isNull();
        }
        line.plug();
        try (Edge edge = new Edge(line)) {
            edge.say("two");
            assertThat(edge.hear()).isEqualTo("held two");
        }
    }

    @Test
    void a_lost_acknowledgement_was_delivered_and_is_never_heard() throws Exception {
        try (Edge edge = new Edge(line)) {
            edge.say("one");
            assertThat(edge.hear()).isEqualTo("held one");
            line.loseReplies();
            edge.say("two");
            assertThat(hub.heard.take()).isEqualTo("one");
            assertThat(hub.heard.take()).isEqualTo("two");
            edge.hearsNothingYet();
            line.cut();
            assertThat(edge.hear()).isNull();
        }
    }

    @Test
    void replies_are_lost_only_after_so_many_bytes() throws Exception {
        line.loseRepliesAfter("one\ntwo\n".length());
        try (Edge edge = new Edge(line)) {
            edge.say("one");
            assertThat(edge.hear()).isEqualTo("held one");
            edge.say("two");
            assertThat(hub.heard.take()).isEqualTo("one");
            assertThat(hub.heard.take()).isEqualTo("two");
            edge.hearsNothingYet();
        }
    }

    @Test
    void a_slow_close_leaves_the_edge_with_a_connection_that_is_none() throws Exception {
        line.closeSlowly(Duration.ofSeconds(7));
        try (Edge edge = new Edge(line)) {
            edge.say("bye");
            assertThat(waits.take()).isEqualTo(Duration.ofSeconds(7).toNanos());
            edge.hearsNothingYet();
            gate.release();
            assertThat(edge.hear()).isNull();
        }
    }
}
