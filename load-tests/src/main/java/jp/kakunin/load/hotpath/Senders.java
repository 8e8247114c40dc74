package jp.kakunin.load.hotpath;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jp.kakunin.codec.ExchangeCodec;
import org.jspecify.annotations.Nullable;

/// Devices that push, all on one event loop: either each as soon as it has heard of its last push, or all together at a
/// fixed rate. Anything but an acknowledgement that every fact was stored is the end.
final class Senders {
    private static final int OK = 200;

    /// Pushes of a fixed rate that may be late at once; the hub cannot keep that rate if there are more.
    private static final int WAITING_MAX = 200_000;

    private final EventLoop loop;
    private final Foundry foundry;
    private final Meter meter;
    private final int facts;
    private final List<ClinicStream> streams = new ArrayList<>();
    private final Deque<Device> idle = new ArrayDeque<>();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
    private int places;
    private Mode mode = Mode.STILL;
    private @Nullable Pace pace;
    private CompletableFuture<@Nullable Void> stopped = CompletableFuture.completedFuture(null);

    private enum Mode {
        STILL,
        FLAT_OUT,
        PACED
    }

    /// @param facts of one push
    Senders(EventLoop loop, Foundry foundry, Meter meter, int facts) {
        this.loop = loop;
        this.foundry = foundry;
        this.meter = meter;
        this.facts = facts;
    }

    /// A device whose clinics push in turns.
    private static final class Device {
        private final Wire wire;
        private final Http2Headers headers;
        private final List<ClinicStream> streams;
        private int next;

        Device(Wire wire, List<ClinicStream> streams) {
            this.wire = wire;
            this.headers = wire.push();
            this.streams = streams;
        }

        ClinicStream stream() {
            ClinicStream stream = streams.get(next);
            next = (next + 1) % streams.size();
            return stream.isUnderWay() ? stream() : stream;
        }
    }

    /// To be called before anything is sent.
    ///
    /// @param underWayMax pushes of this device that may be under way at once; each of another clinic
    void add(Wire wire, List<ClinicStream> streamsOfDevice, int underWayMax) {
        Device device = new Device(wire, List.copyOf(streamsOfDevice));
        streams.addAll(streamsOfDevice);
        for (int i = 0; i < Math.min(underWayMax, streamsOfDevice.size()); i++) {
            idle.add(device);
            places++;
        }
    }

    Foundry foundry() {
        return foundry;
    }

    List<ClinicStream> streams() {
        return List.copyOf(streams);
    }

    /// Pushes that may be under way at once.
    int places() {
        return places;
    }

    void flatOut() {
        loop.execute(() -> {
            begin(Mode.FLAT_OUT);
            for (Device device = idle.poll(); device != null; device = idle.poll()) {
                push(device, System.nanoTime());
            }
        });
    }

    void paced(double pushesPerSecond) {
        loop.execute(() -> {
            begin(Mode.PACED);
            pace = new Pace(System.nanoTime(), pushesPerSecond);
            tick(pace);
        });
    }

    /// Completes when everything that was sent is acknowledged.
    CompletableFuture<@Nullable Void> stop() {
        CompletableFuture<@Nullable Void> all = new CompletableFuture<>();
        loop.execute(() -> {
            mode = Mode.STILL;
            waiting.clear();
            if (idle.size() == places) {
                stopped.complete(null);
            }
            var _ = stopped.whenComplete((_, failure) -> {
                if (failure == null) {
                    all.complete(null);
                } else {
                    all.completeExceptionally(failure);
                }
            });
        });
        return all;
    }

    /// @throws IOException if the hub answered anything wrong
    void check() throws IOException {
        Throwable cause = trouble.get();
        if (cause != null) {
            throw new IOException("the measurement is void: " + cause.getMessage(), cause);
        }
    }

    /// Facts the hub said it stored, by the tallies of all streams.
    long stored() {
        return streams.stream().mapToLong(ClinicStream::stored).sum();
    }

    private void begin(Mode begun) {
        mode = begun;
        stopped = new CompletableFuture<>();
    }

    private void tick(Pace of) {
        if (mode != Mode.PACED || of != pace) {
            return;
        }
        while (of.isDue(System.nanoTime())) {
            long intended = of.take();
            Device device = idle.poll();
            if (device != null) {
                push(device, intended);
            } else if (waiting.size() < WAITING_MAX) {
                waiting.add(intended);
            } else {
                fail(new IOException("the hub cannot keep this rate: " + WAITING_MAX + " pushes are late"));
                return;
            }
        }
        var _ = loop.schedule(() -> tick(of), of.next() - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void push(Device device, long intended) {
        ClinicStream stream = device.stream();
        ClinicStream.Push push = stream.next(foundry, facts);
        device.wire.ask(device.headers, push.body(), push.length(), new Wire.Taker() {
            @Override
            public void answered(int status, byte[] body) {
                try {
                    if (status != OK) {
                        throw new IOException("the hub answered a push with status " + status);
                    }
                    stream.acknowledged(ExchangeCodec.decodeReply(body));
                    meter.took(System.nanoTime() - intended, push.facts());
                    free(device);
                } catch (IOException | RuntimeException e) {
                    fail(e);
                }
            }

            @Override
            public void failed(Throwable cause) {
                fail(cause);
            }
        });
    }

    private void free(Device device) {
        switch (mode) {
            case FLAT_OUT -> push(device, System.nanoTime());
            case PACED -> {
                Long late = waiting.poll();
                if (late == null) {
                    idle.add(device);
                } else {
                    push(device, late);
                }
            }
            case STILL -> {
                idle.add(device);
                if (idle.size() == places) {
                    stopped.complete(null);
                }
            }
        }
    }

    private void fail(Throwable cause) {
        trouble.compareAndSet(null, cause);
        mode = Mode.STILL;
        stopped.completeExceptionally(cause);
    }
}
