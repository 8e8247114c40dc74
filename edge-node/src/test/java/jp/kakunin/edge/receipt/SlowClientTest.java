package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Clients of `/events` that read slowly, late or not at all.
final class SlowClientTest extends OpenReceipt {
    private static final int VISITS = 600;
    private static final int RECEIVE_BUFFER_BYTES = 4 * 1_024;
    private static final Pattern EVENT = Pattern.compile("id: (\\S+)\nevent: change\n[^\n]*\n\n");

    @Test
    void a_client_that_reads_late_gets_all_in_order() throws Exception {
        visits();
        try (SlowClient slow = new SlowClient()) {
            assertThat(numbers(slow.read(VISITS))).isEqualTo(upTo(VISITS));
        }
    }

    @Test
    void P8_a_client_that_does_not_read_is_dropped_and_goes_on_behind_what_it_got() throws Exception {
        visits();
        List<String> got;
        try (SlowClient slow = new SlowClient()) {
            slow.read(1);
            assertThat(hungUp).succeedsWithin(1, TimeUnit.MINUTES);
            got = slow.read(VISITS);
        }
        assertThat(got.size()).isLessThan(VISITS);

        List<String> all = new ArrayList<>(got);
        HttpResponse<Stream<String>> stream = client.send(
                request("/events").header("Last-Event-ID", got.getLast()).build(), HttpResponse.BodyHandlers.ofLines());
        Iterator<String> lines = stream.body().iterator();
        while (all.size() < VISITS) {
            String next = lines.next();
            if (next.startsWith("id: ")) {
                all.add(next.substring("id: ".length()));
            }
        }

        assertThat(numbers(all)).isEqualTo(upTo(VISITS));
    }

    /// As a program does that gives up and asks again while the disk is busy.
    @Test
    void P8_clients_that_hang_up_before_they_are_let_in_take_no_place() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        thread.execute(() -> waitFor(busy));
        for (int i = 0; i < Waiting.WAITING_PER_KEY_MAX; i++) {
            new SlowClient().close();
        }
        assertThat(ended.tryAcquire(Waiting.WAITING_PER_KEY_MAX, 10, TimeUnit.SECONDS))
                .isTrue();
        busy.countDown();

        // Who went is noticed a moment after it was let in, and before its pace is used up.
        int status = 429;
        for (int i = 0; i < Gate.REQUESTS_AT_ONCE_MAX / 2 && status == 429; i++) {
            HttpResponse<Stream<String>> answer =
                    client.send(request("/events").build(), HttpResponse.BodyHandlers.ofLines());
            status = answer.statusCode();
            answer.body().close();
        }
        assertThat(status).isEqualTo(200);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    int idleSecondsMax() {
        return 3;
    }

    private void visits() {
        for (int i = 0; i < VISITS; i++) {
            clinic.card(clinic.ids.patient());
        }
    }

    private static List<Long> numbers(List<String> ids) {
        return ids.stream()
                .map(id -> Long.parseLong(id.substring(id.indexOf('-') + 1)))
                .toList();
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /// Asks, and reads when it is told to.
    private final class SlowClient implements AutoCloseable {
        private final Socket socket = new Socket();
        private final StringBuilder text = new StringBuilder();
        private final List<String> ids = new ArrayList<>();
        private int from;

        SlowClient() throws IOException {
            socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(("GET /receipt/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + KEY
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }

        /// The events' ids, until there are so many or the line ends.
        List<String> read(int events) throws IOException {
            byte[] some = new byte[RECEIVE_BUFFER_BYTES];
            int length = 0;
            while (ids.size() < events && length >= 0) {
                length = socket.getInputStream().read(some);
                // Each event is a chunk: its length stands before it, and a line end behind.
                text.append(new String(some, 0, Math.max(0, length), StandardCharsets.ISO_8859_1).replace("\r", ""));
                Matcher event = EVENT.matcher(text);
                while (event.find(from)) {
                    ids.add(event.group(1));
                    from = event.end();
                }
            }
            return List.copyOf(ids);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
