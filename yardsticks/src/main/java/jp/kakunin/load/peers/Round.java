package jp.kakunin.load.peers;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import jp.kakunin.load.replay.Parcel.Made;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Clients that push as fast as they are acknowledged, each in a thread of its own, until the time is over or one has
/// nothing left to push.
final class Round {
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final int DIGITS = 3;

    private final List<Sender> senders = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /// @param facts that were acknowledged, those sent again included
    /// @param pushMicros how long each push took
    /// @param serverMicros of processor for a fact, in all processes of the peer
    /// @param clientMicros of processor for a fact, here
    record Figures(long facts, double seconds, Histogram pushMicros, double serverMicros, double clientMicros) {
        double factsPerSecond() {
            return facts / seconds;
        }
    }

    private Round(List<Peer.Client> clients, List<Offer> offers) {
        for (int i = 0; i < clients.size(); i++) {
            senders.add(new Sender(clients.get(i), offers.get(i)));
        }
    }

    static Figures run(Peer peer, List<Peer.Client> clients, List<Offer> offers, Duration length, Ledger ledger)
            throws Exception {
        Round round = new Round(clients, offers);
        long server = peer.cpuNanos();
        long here = ownCpuNanos();
        long begun = System.nanoTime();
        round.start();
        round.await(length);
        double seconds = (System.nanoTime() - begun) / NANOS;
        long clientNanos = ownCpuNanos() - here;
        long serverNanos = peer.cpuNanos() - server;
        round.senders.forEach(sender -> sender.enter(ledger));
        Exception problem = round.failure.get();
        if (problem != null) {
            throw problem;
        }
        long facts = round.senders.stream().mapToLong(Sender::facts).sum();
        Histogram micros = new Histogram(DIGITS);
        round.senders.forEach(sender -> micros.add(sender.micros));
        return new Figures(
                facts, seconds, micros, serverNanos / NANOS_PER_MICRO / facts, clientNanos / NANOS_PER_MICRO / facts);
    }

    /// Pushes until the peer is gone, which `end` brings about after the first acknowledgement; what was on its way
    /// then
    /// is neither acknowledged nor refused.
    static void runUntil(End end, List<Peer.Client> clients, List<Offer> offers, Ledger ledger) throws Exception {
        Round round = new Round(clients, offers);
        round.start();
        round.senders.getFirst().acknowledged.await();
        end.come();
        round.isOver.set(true);
        round.senders.forEach(sender -> sender.thread.interrupt());
        for (Sender sender : round.senders) {
            sender.thread.join();
        }
        round.senders.forEach(sender -> sender.enter(ledger));
    }

    @FunctionalInterface
    interface End {
        void come() throws Exception;
    }

    private void start() {
        senders.forEach(sender -> sender.thread.start());
    }

    private void await(Duration length) throws InterruptedException {
        long deadline = System.nanoTime() + length.toNanos();
        for (Sender sender : senders) {
            TimeUnit.NANOSECONDS.timedJoin(sender.thread, Math.max(1, deadline - System.nanoTime()));
        }
        isOver.set(true);
        for (Sender sender : senders) {
            sender.thread.join();
        }
    }

    private static long ownCpuNanos() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            return system.getProcessCpuTime();
        }
        throw new CompletionException(new UnsupportedOperationException("this Java machine does not count its time"));
    }

    private final class Sender {
        private final Peer.Client client;
        private final Offer offer;
        private final Histogram micros = new Histogram(DIGITS);
        private final CountDownLatch acknowledged = new CountDownLatch(1);
        private final Thread thread = new Thread(this::push, "peer-client");
        private int pushes;

        Sender(Peer.Client client, Offer offer) {
            this.client = client;
            this.offer = offer;
        }

        private void push() {
            try {
                for (List<Made> each : offer.pushes()) {
                    long begun = System.nanoTime();
                    client.push(each);
                    micros.recordValue((System.nanoTime() - begun) / (long) NANOS_PER_MICRO);
                    pushes++;
                    acknowledged.countDown();
                    if (isOver.get()) {
                        return;
                    }
                }
            } catch (Exception e) {
                failure.compareAndSet(null, e);
            } finally {
                isOver.set(true);
                acknowledged.countDown();
            }
        }

        private long facts() {
            return done().stream().mapToLong(List::size).sum();
        }

        private void enter(Ledger ledger) {
            done().forEach(push -> push.forEach(made -> ledger.acknowledged(made.id())));
        }

        private List<List<Made>> done() {
            return offer.pushes().subList(0, pushes);
        }
    }
}
