package jp.kakunin.load.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An open page of the desk, as far as it listens: told by the server that something changed.
final class DeskEvents implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Semaphore changes = new Semaphore(0);

    static DeskEvents open(String desk) throws IOException, InterruptedException {
        DeskEvents events = new DeskEvents();
        HttpResponse<Stream<String>> stream = events.http.send(
                HttpRequest.newBuilder(URI.create(desk).resolve("/events")).build(), BodyHandlers.ofLines());
        if (stream.statusCode() != 200) {
            events.close();
            throw new IOException("the desk's events answered with status " + stream.statusCode());
        }
        Thread.ofPlatform().name("desk-events").daemon().start(() -> events.listen(stream.body()));
        return events;
    }

    void forget() {
        changes.drainPermits();
    }

    /// `false` when nothing changed for so long.
    boolean await(long millis) throws InterruptedException {
        return changes.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private void listen(Stream<String> lines) {
        try {
            lines.filter(line -> line.startsWith("event:")).forEach(_ -> changes.release());
        } catch (RuntimeException _) {
            // Closed: nobody waits any more.
        }
    }
}
