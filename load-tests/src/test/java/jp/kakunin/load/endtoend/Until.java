package jp.kakunin.load.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waiting for what must happen.
public final class Until {
    private static final Duration MINUTES_MAX = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 40;

    private Until() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        value(what, condition, Boolean::booleanValue, () -> "");
    }

    /// Whether it comes true within that time.
    static boolean comes(Duration patience, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean isSo = condition.call();
        while (!isSo && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            isSo = condition.call();
        }
        return isSo;
    }

    /// Asks again and again until the answer is right.
    ///
    /// @param background what a person would look at to find out why it never was
    public static <T> T value(String what, Callable<T> question, Predicate<T> right, Supplier<String> background)
            throws Exception {
        long deadline = System.nanoTime() + MINUTES_MAX.toNanos();
        T answer = question.call();
        while (!right.test(answer)) {
            assertThat(System.nanoTime())
                    .as("in time: %s; last seen: %s %s", what, answer, background.get())
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            answer = question.call();
        }
        return answer;
    }
}
