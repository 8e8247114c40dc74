package jp.kakunin.load.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jp.kakunin.edge.reader.CardInspection;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;

/// Waiting for what must happen.
final class Conditions {
    private static final long SECONDS_MAX = 30;
    private static final long POLL_MILLIS = 5;

    private Conditions() {}

    static void await(String what, BooleanSupplier condition) {
        assertThat(comes(SECONDS_MAX, condition)).as("in time: " + what).isTrue();
    }

    /// Whether it comes true within that time.
    static boolean comes(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    static void awaitState(CardReader reader, ReaderState state) {
        await("state " + state + ", is " + reader.state(), () -> reader.state() == state);
    }

    static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(SECONDS_MAX, TimeUnit.SECONDS).join();
    }

    static CardReading read(CardReader reader, CardRequest request) {
        return join(reader.read(request));
    }

    static int triesLeft(CardReader reader) {
        return join(reader.inspect()) instanceof CardInspection.Inspected inspected ? inspected.triesLeft() : -1;
    }

    static ReaderFault faultOf(CardReading reading) {
        assertThat(reading).isInstanceOf(CardReading.Failed.class);
        return ((CardReading.Failed) reading).fault();
    }
}
