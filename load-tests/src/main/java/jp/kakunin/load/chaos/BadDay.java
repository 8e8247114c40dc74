package jp.kakunin.load.chaos;

import java.util.List;

/// Lets a line live through its troubles, one after the other, until the day ends or is ended.
public final class BadDay implements AutoCloseable {
    private final Proxy line;
    private final List<Trouble> troubles;
    private final Pause pause;
    private final Thread thread;

    private BadDay(Proxy line, List<Trouble> troubles, Pause pause) {
        this.line = line;
        this.troubles = List.copyOf(troubles);
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name("bad-day").unstarted(this::live);
    }

    public static BadDay begin(Proxy line, List<Trouble> troubles) {
        return begin(line, troubles, Pause.REAL);
    }

    static BadDay begin(Proxy line, List<Trouble> troubles, Pause pause) {
        var day = new BadDay(line, troubles, pause);
        day.thread.start();
        return day;
    }

    private void live() {
        long now = 0;
        for (Trouble trouble : troubles) {
            try {
                pause.nanos(trouble.from().toNanos() - now);
                trouble.begin(line);
                pause.nanos(trouble.to().toNanos() - trouble.from().toNanos());
            } catch (InterruptedException _) {
                trouble.end(line);
                return;
            }
            trouble.end(line);
            now = trouble.to().toNanos();
        }
    }

    /// The line is well afterwards.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
