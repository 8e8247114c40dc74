package jp.kakunin.load.simulation;

import java.time.Duration;
import jp.kakunin.hub.exchange.Timers;

/// One run of a process: what it still wanted to do when it died never happens.
final class Life implements Timers {
    private final SimulatedTime time;
    private boolean over;

    Life(SimulatedTime time) {
        this.time = time;
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    void soon(Runnable task) {
        after(0, task);
    }

    void after(long delayMillis, Runnable task) {
        time.after(delayMillis, () -> {
            if (!over) {
                task.run();
            }
        });
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Once once = new Once(task);
        after(delay.toMillis(), once);
        return once;
    }

    private static final class Once implements Timer, Runnable {
        private final Runnable task;
        private boolean done;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                task.run();
            }
        }

        @Override
        public void cancel() {
            done = true;
        }
    }
}
