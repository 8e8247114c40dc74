package jp.kakunin.load.chaos;

import java.util.concurrent.TimeUnit;

/// How the line waits; a test lets it wait for something else than time.
@FunctionalInterface
interface Pause {
    Pause REAL = TimeUnit.NANOSECONDS::sleep;

    void nanos(long nanos) throws InterruptedException;
}
