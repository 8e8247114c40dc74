package jp.kakunin.load.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One direction of one connection. One thread takes what comes and notes when; the other gives it on when it is due,
/// so
/// that a delay costs no throughput.
final class Lane {
    private static final int BUFFER_BYTES = 16 * 1024;
    /// Chunks under way; then the sender waits, as at a full buffer of the network.
    private static final int CHUNKS_MAX = 64;

    /// A chunk without bytes is the end.
    private static final Chunk END = new Chunk(new byte[0], 0);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Proxy line;
    private final Socket from;
    private final Socket to;
    private final boolean replies;
    private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS_MAX);

    private record Chunk(byte[] bytes, long cameNanos) {
        @Override
        public String toString() {
            return "Chunk[" + bytes.length + "]";
        }
    }

    Lane(Proxy line, Socket from, Socket to, boolean replies) {
        this.line = line;
        this.from = from;
        this.to = to;
        this.replies = replies;
    }

    void start() {
        String name = replies ? "proxy-down" : "proxy-up";
        Thread giver = Thread.ofVirtual().name(name + "-give").start(this::give);
        Thread.ofVirtual().name(name + "-take").start(() -> take(giver));
    }

    private void take(Thread giver) {
        try {
            try (InputStream in = from.getInputStream()) {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (!line.swallows(replies, length)) {
                        underWay.put(new Chunk(Arrays.copyOf(buffer, length), System.nanoTime()));
                    }
                }
            } catch (IOException _) {
                // Cut by us or ended by either side.
            }
            underWay.put(END);
            giver.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void give() {
        try {
            try (OutputStream out = to.getOutputStream()) {
                for (Chunk chunk = underWay.take(); chunk.bytes().length > 0; chunk = underWay.take()) {
                    await(chunk);
                    out.write(chunk.bytes());
                }
                line.ended(from, to);
            } catch (IOException _) {
                // The other side is gone, and with it what is still under way.
                line.ended(to, from);
                underWay.clear();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Chunk chunk) throws InterruptedException {
        long wait = line.delay().toNanos() - (System.nanoTime() - chunk.cameNanos());
        if (wait > 0) {
            line.pause().nanos(wait);
        }
        long rate = line.bytesPerSecond();
        if (rate < Long.MAX_VALUE) {
            line.pause().nanos(chunk.bytes().length * SECOND_NANOS / rate);
        }
    }
}
