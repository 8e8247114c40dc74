package jp.kakunin.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BadDayTest {
    private static final Duration LENGTH = Duration.ofSeconds(20);

    @Test
    void a_seed_makes_the_same_day_again_and_another_seed_another() {
        assertThat(Trouble.seeded(new Random(7), LENGTH)).isEqualTo(Trouble.seeded(new Random(7), LENGTH));
        assertThat(Trouble.seeded(new Random(7), LENGTH)).isNotEqualTo(Trouble.seeded(new Random(8), LENGTH));
    }

    @Test
    void troubles_follow_each_other_and_every_kind_comes() {
        var kinds = EnumSet.noneOf(Trouble.Kind.class);
        for (int seed = 0; seed < 20; seed++) {
            Duration last = Duration.ZERO;
            for (Trouble trouble : Trouble.seeded(new Random(seed), LENGTH)) {
                assertThat(trouble.from())
                        .as("seed %d", seed)
                        .isGreaterThanOrEqualTo(last)
                        .isLessThan(LENGTH);
                assertThat(trouble.to()).as("seed %d", seed).isGreaterThan(trouble.from());
                last = trouble.to();
                kinds.add(trouble.kind());
            }
        }
        assertThat(kinds).containsExactlyInAnyOrder(Trouble.Kind.values());
    }

    @Test
    void a_line_is_well_after_every_kind_of_trouble() throws Exception {
        for (Trouble.Kind kind : Trouble.Kind.values()) {
            BlockingQueue<Long> waits = new LinkedBlockingQueue<>();
            try (EchoHub hub = EchoHub.start();
                    Proxy line = Proxy.to(hub.port())) {
                Trouble trouble = new Trouble(kind, Duration.ofSeconds(3), Duration.ofSeconds(10));
                BadDay day = BadDay.begin(line, List.of(trouble), waits::put);
                assertThat(waits.take()).isEqualTo(Duration.ofSeconds(3).toNanos());
                assertThat(waits.take()).isEqualTo(Duration.ofSeconds(7).toNanos());
                day.close();
                assertThat(says(line, kind.name())).isEqualTo("held " + kind);
            }
        }
    }

    @Test
    void a_day_that_is_ended_early_leaves_the_line_well() throws Exception {
        try (EchoHub hub = EchoHub.start();
                Proxy line = Proxy.to(hub.port())) {
            var begun = new CountDownLatch(2);
            var never = new CountDownLatch(1);
            Trouble trouble = new Trouble(Trouble.Kind.CUT, Duration.ZERO, LENGTH);
            BadDay day = BadDay.begin(line, List.of(trouble), _ -> {
                begun.countDown();
                if (begun.getCount() == 0) {
                    never.await();
                }
            });
            begun.await();
            day.close();
            assertThat(says(line, "one")).isEqualTo("held one");
        }
    }

    private static String says(Proxy line, String words) throws IOException {
        try (Socket edge = new Socket(InetAddress.getLoopbackAddress(), line.port())) {
            edge.getOutputStream().write((words + "\n").getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(edge.getInputStream(), StandardCharsets.UTF_8)).readLine();
        }
    }
}
