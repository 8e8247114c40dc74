package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.Facts;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Reply.Policy;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Acknowledged;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.StreamReply.Resume;
import jp.kakunin.exchange.Tally;
import jp.kakunin.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/// An edge's machine on a disk in memory, with the test playing the hub by hand and time moving only when told.
final class Bench {
    static final InstitutionCode CLINIC = Facts.CLINIC;
    static final Grant GRANT = new Grant(500, 1 << 20);
    static final Incarnation FIRST_LIFE = new Incarnation(new UUID(7, 1));
    static final Incarnation SECOND_LIFE = new Incarnation(new UUID(7, 2));

    final MemoryDisk disk;
    final List<Sending> onTheWire = new ArrayList<>();
    FactStore store;
    ExchangeMachine machine;
    EdgeClock clock;
    Instant wall = Facts.NOON;
    Duration uptime = Duration.ofHours(1);
    Incarnation life = FIRST_LIFE;
    Policy policy = Policy.DEFAULT;
    int hangUps;
    private final List<InstitutionCode> clinics;
    private final Random random;

    Bench() {
        this(new MemoryDisk(), List.of(CLINIC), 42);
    }

    Bench(MemoryDisk disk, List<InstitutionCode> clinics, long seed) {
        this.disk = disk;
        this.clinics = clinics;
        random = new Random(seed);
        store = disk.open();
        clock = new EdgeClock(null, moment());
        machine = newMachine();
    }

    private ExchangeMachine newMachine() {
        IdSource ids = new IdSource(() -> wall, random);
        return new ExchangeMachine(clinics, store, clock, ids, random, "0.1.0", moment());
    }

    /// The process dies and starts again on the same disk.
    void restart() {
        store = disk.open();
        machine = newMachine();
        onTheWire.clear();
    }

    Moment moment() {
        return new Moment(wall, uptime);
    }

    void advance(Duration time) {
        wall = wall.plus(time);
        uptime = uptime.plus(time);
    }

    void record(NewFact... facts) {
        store.record(List.of(facts));
        machine.recorded(List.of(facts), moment());
    }

    /// A backlog of first visits for which nobody waits at the desk.
    void recordMany(int count) {
        record(IntStream.rangeClosed(1, count)
                .mapToObj(n -> Facts.later(Facts.check(n, Facts.NOVEMBER, VisitKind.INITIAL, false)))
                .toArray(NewFact[]::new));
    }

    /// One turn; what is sent piles up on the wire.
    List<Sending> poll() {
        Work work = machine.poll(moment());
        if (work.hangUp()) {
            hangUps++;
            onTheWire.clear();
        }
        onTheWire.addAll(work.sendings());
        return work.sendings();
    }

    /// Turns until a push is on the wire, second by second.
    Sending awaitPush(Duration patience) {
        for (Duration waited = Duration.ZERO; waited.compareTo(patience) <= 0; waited = waited.plusSeconds(1)) {
            poll();
            Sending push = pushOnTheWire();
            if (push != null) {
                return push;
            }
            advance(Duration.ofSeconds(1));
        }
        throw new AssertionError("no push within " + patience);
    }

    Sending awaitPush() {
        return awaitPush(Duration.ofSeconds(5));
    }

    @Nullable
    Sending pushOnTheWire() {
        return onTheWire.stream()
                .filter(sending -> sending.request() instanceof Request.Push)
                .findFirst()
                .orElse(null);
    }

    Sending waitOnTheWire() {
        poll();
        Sending wait = waitIfOnTheWire();
        if (wait == null) {
            throw new AssertionError("no wait");
        }
        return wait;
    }

    @Nullable
    Sending waitIfOnTheWire() {
        return onTheWire.stream()
                .filter(sending -> sending.request() instanceof Request.Wait)
                .findFirst()
                .orElse(null);
    }

    static Batch batch(Sending push) {
        return batches(push).getFirst();
    }

    static List<Batch> batches(Sending push) {
        return ((Request.Push) push.request()).batches();
    }

    static List<FactId> ids(Sending push) {
        List<FactId> ids = new ArrayList<>();
        for (SentFact sent : batch(push).facts()) {
            if (FactCodec.decode(sent.fact()) instanceof Decoded.Known(Fact fact)) {
                ids.add(fact.id());
            }
        }
        return ids;
    }

    void reply(Sending sending, Reply.Body body) {
        onTheWire.remove(sending);
        machine.replied(sending, new Reply(life, wall, policy, body), moment());
    }

    void acknowledge(Sending push, Remark... remarks) {
        acknowledge(push, GRANT, remarks);
    }

    void acknowledge(Sending push, Grant grant, Remark... remarks) {
        answer(
                push,
                batches(push).stream()
                        .map(batch -> acknowledged(batch, grant, remarks))
                        .toArray(StreamReply[]::new));
    }

    static StreamReply acknowledged(Batch batch, Grant grant, Remark... remarks) {
        return new Acknowledged(batch.clinic(), batch.epoch(), after(batch), grant, Tally.NONE, List.of(remarks));
    }

    void resume(Sending push, StreamPosition position, Remark... remarks) {
        answer(push, new Resume(batch(push).clinic(), batch(push).epoch(), position, GRANT, List.of(remarks)));
    }

    void refuse(Sending push, Refusal refusal) {
        answer(push, new StreamReply.Refused(batch(push).clinic(), batch(push).epoch(), refusal));
    }

    void answer(Sending push, StreamReply... replies) {
        reply(push, new Reply.Pushed(List.of(replies)));
    }

    void sendAway(Sending sending, Duration retryAfter) {
        onTheWire.clear();
        machine.sentAway(sending, retryAfter, moment());
    }

    void fail(Sending sending, Cause cause) {
        onTheWire.remove(sending);
        machine.failed(sending, cause, moment());
    }

    void refuseRequest(Sending sending, Refusal refusal) {
        onTheWire.remove(sending);
        machine.refused(sending, refusal, moment());
    }

    /// Greets, so that the next push carries facts.
    void connect() {
        Sending hello = awaitPush();
        acknowledge(hello);
    }

    void news(Sending wait, long position, Fact... facts) {
        List<Delivered> delivered = new ArrayList<>();
        for (Fact fact : facts) {
            delivered.add(new Delivered(Facts.NOVEMBER, position, FactCodec.encode(fact)));
        }
        reply(wait, new Reply.News(CLINIC, delivered, new Cursor(life, Map.of(Facts.NOVEMBER, position)), false));
    }

    Outbox outbox() {
        Outbox outbox = store.outbox(CLINIC);
        if (outbox == null) {
            throw new AssertionError("no outbox");
        }
        return outbox;
    }

    Epoch epoch() {
        return outbox().epoch();
    }

    static StreamPosition after(Batch batch) {
        StreamPosition position = batch.follows();
        for (SentFact fact : batch.facts()) {
            position = position.after(fact.fact());
        }
        return position;
    }
}
