package jp.kakunin.edge.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A card reader over any `CardPort`: `PortCardReader.start(new PcscPort(), ReaderOptions.DEFAULT)` in a clinic.
public final class PortCardReader implements CardReader {
    /// The watching thread notices a stop after at most half a second, unless a probe is stuck.
    private static final long STOP_MILLIS_MAX = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(PortCardReader.class);

    private final CardPort port;
    private final ReaderOptions options;
    private final CardFinder finder;
    private final WatchedWork work = new WatchedWork();
    private final List<Consumer<ReaderState>> listeners = new ArrayList<>();
    private final ReaderWatch watch;
    private final Thread thread;
    private volatile ReaderStatus status = ReaderStatus.without(ReaderState.NO_SERVICE);
    private volatile boolean closed;

    private PortCardReader(CardPort port, ReaderOptions options) {
        this.port = port;
        this.options = options;
        this.finder = new CardFinder(options.readerNamePart());
        this.watch = new ReaderWatch(port, finder, options, work, this::publish);
        this.thread = Thread.ofPlatform().daemon().name("card-reader").unstarted(watch::run);
    }

    /// Starts watching. The first state is known after a moment; until then it is `NO_SERVICE`.
    public static PortCardReader start(CardPort port, ReaderOptions options) {
        PortCardReader reader = new PortCardReader(port, options);
        reader.thread.start();
        return reader;
    }

    @Override
    public ReaderState state() {
        return status.state();
    }

    @Override
    public ReaderStatus status() {
        return status;
    }

    @Override
    public void onChange(Consumer<ReaderState> listener) {
        synchronized (listeners) {
            listeners.add(listener);
        }
    }

    @Override
    public CompletableFuture<CardInspection> inspect() {
        if (closed) {
            return CompletableFuture.completedFuture(new CardInspection.Failed(ReaderFault.NO_SERVICE, "closed"));
        }
        return work.run(
                "card-inspect",
                options.readMillisMax(),
                claim -> new CardOperation(port, finder, options, claim).inspect(),
                _ -> new CardInspection.Failed(ReaderFault.READER_STUCK, "no answer in time"));
    }

    @Override
    public CompletableFuture<CardReading> read(CardRequest request) {
        if (closed) {
            destroyPin(request);
            return CompletableFuture.completedFuture(new CardReading.Failed(ReaderFault.NO_SERVICE, "closed"));
        }
        return work.<CardReading>run(
                        "card-read",
                        options.readMillisMax(),
                        claim -> new CardOperation(port, finder, options, claim).read(request),
                        claim -> new CardReading.Failed(
                                claim.pinSent() ? ReaderFault.PIN_RESULT_UNKNOWN : ReaderFault.READER_STUCK,
                                "no answer in time"))
                .whenComplete((_, _) -> destroyPin(request));
    }

    /// How many threads are speaking with a card or stuck in doing so.
    public int busyThreads() {
        return work.threads();
    }

    @Override
    public void close() {
        closed = true;
        watch.stop();
        thread.interrupt(); // wakes a port in memory at once; PC/SC does not hear it
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void destroyPin(CardRequest request) {
        switch (request) {
            case CardRequest.WithPin withPin -> withPin.pin().close();
            case CardRequest.VisualCheck() -> {}
        }
    }

    private void publish(ReaderStatus now) {
        List<Consumer<ReaderState>> hearers;
        synchronized (listeners) {
            ReaderState before = status.state();
            status = now;
            if (now.state() == before || closed) {
                return;
            }
            hearers = List.copyOf(listeners);
        }
        LOG.atInfo()
                .addKeyValue("state", now.state())
                .addKeyValue("reader", now.reader())
                .log("card reader");
        for (Consumer<ReaderState> listener : hearers) {
            try {
                listener.accept(now.state());
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("listener of the card reader failed");
            }
        }
    }
}
