package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Until.until;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody at the desk who records one visit after the other until the desk is gone, and remembers which of them the
/// desk has called recorded.
final class Typist implements AutoCloseable {
    private final EdgeNode edge;
    private final String clinic;
    private final List<String> recorded = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean stopped;

    private Typist(EdgeNode edge, String clinic) {
        this.edge = edge;
        this.clinic = clinic;
        thread = Thread.ofPlatform().name("typist").unstarted(this::type);
    }

    static Typist start(EdgeNode edge, String clinic) {
        var typist = new Typist(edge, clinic);
        typist.thread.start();
        return typist;
    }

    List<String> recorded() {
        return new ArrayList<>(recorded);
    }

    void awaitRecorded(int count) throws Exception {
        until(count + " visits are recorded", () -> recorded.size() >= count);
    }

    /// @return the visits that the desk has called recorded
    List<String> stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return recorded();
    }

    @Override
    public void close() {
        stop();
    }

    private void type() {
        try {
            while (!stopped) {
                recorded.add(edge.defer(clinic, "Patient " + recorded.size()));
            }
        } catch (IOException _) {
            // The desk is gone. The last visit may be recorded or not: nobody was told.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
