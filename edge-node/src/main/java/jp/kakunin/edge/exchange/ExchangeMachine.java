package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.outbox.LastHeard;
import org.jspecify.annotations.Nullable;

/// The edge's side of the exchange: what to send now, and what an answer means. No I/O but the store's, no clock, no
/// threads: whoever owns it calls [#poll] after every other call and at least every second, for ever.
public final class ExchangeMachine {
    /// A request on its way, and when to give it up.
    private record InFlight(Sending sending, Duration deadline) {}

    private final FactStore store;
    private final EdgeClock clock;
    private final IdSource ids;
    private final RandomGenerator random;
    private final String appVersion;
    private final Instance instance;
    private final Duration startedAt;
    private final Map<InstitutionCode, StreamLane> streams = new LinkedHashMap<>();
    private final Map<InstitutionCode, WaitLane> waits = new LinkedHashMap<>();
    private final Map<Long, InFlight> inFlight = new HashMap<>();
    private final Reconnecting reconnecting;
    private final Forgetting forgetting;
    private final Connection connection;
    private boolean connected;
    private boolean hangUp;
    private boolean changed;
    private boolean report;
    private int batchesMax = Limits.BATCHES_MAX;
    private long lastTicket;
    private Duration restartedAt;
    private ReaderCondition reader = ReaderCondition.NO_SERVICE;
    private @Nullable String leaving;
    private @Nullable LastHeard heard;

    public ExchangeMachine(
            List<InstitutionCode> clinics,
            FactStore store,
            EdgeClock clock,
            IdSource ids,
            RandomGenerator random,
            String appVersion,
            Moment start) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
        this.appVersion = appVersion;
        instance = ids.instance();
        startedAt = start.uptime();
        restartedAt = start.uptime().minus(Waits.RESTARTS_APART);
        reconnecting = new Reconnecting(random, start.uptime());
        forgetting = new Forgetting(clinics, store, clock, ids);
        heard = store.lastHeard();
        if (heard != null) {
            reconnecting.spread(heard.policy().reconnectSpread());
        }
        for (InstitutionCode clinic : clinics) {
            streams.put(clinic, new StreamLane(clinic, store, ids, random));
            waits.put(clinic, new WaitLane(clinic, store, instance, random));
        }
        connection = new Connection(refusal(), clock.at(start.clock()));
    }

    /// What to do now.
    public Work poll(Moment now) {
        clock.observe(now);
        changed |= forgetting.run(now, changed);
        if (isOverdue(now.uptime())) {
            disconnect(Cause.TIMEOUT, now);
        }
        List<Sending> sendings = new ArrayList<>();
        try {
            if (connected) {
                push(now, sendings);
                report = report && streams.values().stream().noneMatch(StreamLane::isGreeted);
                waits.values().forEach(lane -> await(lane, now, sendings));
            } else if (inFlight.isEmpty() && reconnecting.isDue(now.uptime())) {
                // Greetings find out whether the hub is there; the rest follows when it answers.
                push(now, sendings);
                if (!sendings.isEmpty()) {
                    reconnecting.attempted(now.uptime());
                }
            }
        } catch (StoreFullException _) {
            sendings.clear();
            pauseUntilThereIsSpace(now);
        }
        boolean first = hangUp;
        hangUp = false;
        return new Work(first, sendings);
    }

    private boolean isOverdue(Duration uptime) {
        return inFlight.values().stream().anyMatch(each -> uptime.compareTo(each.deadline()) >= 0)
                || connected && streams.values().stream().anyMatch(lane -> lane.isStalled(uptime));
    }

    private void push(Moment now, List<Sending> sendings) {
        List<Batch> ready = new ArrayList<>();
        for (StreamLane lane : streams.values()) {
            Batch batch = lane.next(clock.at(now.clock()), now.uptime(), report);
            if (batch != null) {
                ready.add(batch);
            }
        }
        DeviceReport said = new DeviceReport(now.clock(), now.uptime().minus(startedAt), appVersion, reader, leaving);
        PushKind.together(ready, batchesMax)
                .forEach((batches, kind) -> sendings.add(send(
                        new Request.Push(instance, said, batches), now.uptime().plus(kind.answerMax))));
    }

    private void await(WaitLane lane, Moment now, List<Sending> sendings) {
        Request.Wait wait = leaving == null ? lane.next(now.uptime()) : null;
        if (wait != null) {
            sendings.add(send(wait, now.uptime().plus(Waits.PATIENCE).plus(Waits.PATIENCE_MARGIN)));
        }
    }

    private Sending send(Request request, Duration deadline) {
        Sending sending = new Sending(++lastTicket, request);
        inFlight.put(sending.ticket(), new InFlight(sending, deadline));
        return sending;
    }

    /// The hub answered. Answers to requests that were given up are ignored.
    public void replied(Sending sending, Reply reply, Moment now) {
        if (inFlight.remove(sending.ticket()) == null) {
            return;
        }
        clock.hubSaid(reply.hubTime(), now);
        if (!connected) {
            connected = true;
            reconnecting.connected();
            streams.values().forEach(StreamLane::reconnected);
            waits.values().forEach(WaitLane::reconnected);
        }
        try {
            if (hear(reply, now)) {
                answer(sending.request(), reply, now);
            }
        } catch (StoreFullException _) {
            pauseUntilThereIsSpace(now);
            return;
        }
        settle(reply, now);
    }

    /// @return whether the answer is of the life of the hub that this edge knows
    private boolean hear(Reply reply, Moment now) {
        LastHeard before = heard;
        LastHeard said = new LastHeard(reply.incarnation(), reply.hubTime(), reply.policy());
        reconnecting.spread(reply.policy().reconnectSpread());
        if (before != null && !before.incarnation().equals(reply.incarnation())) {
            restart(said, now);
            return false;
        }
        if (before == null
                || !before.policy().equals(reply.policy())
                || reply.hubTime().isAfter(before.hubTime().plus(Waits.HUB_TIME_EVERY))) {
            store.heard(said);
            heard = said;
        }
        return true;
    }

    /// The hub was restored: it may lack what it once acknowledged, so all is offered again.
    private void restart(LastHeard said, Moment now) {
        Map<InstitutionCode, Epoch> epochs = new LinkedHashMap<>();
        streams.keySet().forEach(clinic -> epochs.put(clinic, ids.epoch()));
        store.restart(said, epochs);
        heard = said;
        changed = true;
        inFlight.clear();
        boolean again = now.uptime().minus(restartedAt).compareTo(Waits.RESTARTS_APART) < 0;
        Duration pause = again ? Backoff.jitter(random, Waits.RESTARTS_APART) : Duration.ZERO;
        restartedAt = now.uptime();
        streams.values().forEach(lane -> {
            lane.disconnected();
            lane.pauseUntil(now.uptime().plus(pause));
        });
        waits.values().forEach(lane -> lane.pauseUntil(now.uptime().plus(pause)));
    }

    private void answer(Request request, Reply reply, Moment now) {
        if (reply.body() instanceof Reply.Busy(Duration retryAfter)) {
            busy(request, now.uptime().plus(Waits.busy(retryAfter)));
            return;
        }
        switch (request) {
            case Request.Push push -> pushed(push, reply.body(), now);
            case Request.Wait wait -> waited(wait, reply, now);
        }
    }

    /// Each stream is answered by itself.
    private void pushed(Request.Push push, Reply.Body body, Moment now) {
        Map<InstitutionCode, StreamReply> answers = new HashMap<>();
        if (body instanceof Reply.Pushed(List<StreamReply> all)) {
            batchesMax = Limits.BATCHES_MAX;
            all.forEach(answer -> answers.put(answer.clinic(), answer));
        }
        for (Batch batch : push.batches()) {
            StreamReply answer = answers.get(batch.clinic());
            if (answer == null) {
                disconnect(Cause.HUB, now);
                return;
            }
            changed |= lane(batch.clinic()).replied(answer, now.uptime());
        }
    }

    private void waited(Request.Wait wait, Reply reply, Moment now) {
        WaitLane lane = waiting(wait.clinic());
        switch (reply.body()) {
            case Reply.News news -> changed |= lane.news(news, reply.incarnation(), now.uptime());
            case Reply.Reset _ -> lane.reset(now.uptime());
            case Reply.WaitRefused(InstitutionCode _, Refusal refusal) -> {
                lane.refused(refusal, now.uptime());
                changed = true;
            }
            case Reply.Pushed _, Reply.Busy _ -> disconnect(Cause.HUB, now);
        }
    }

    private void busy(Request request, Duration until) {
        switch (request) {
            case Request.Push push -> {
                // A hub with no room for all of them may have room for one.
                batchesMax = 1;
                push.batches().forEach(batch -> lane(batch.clinic()).busy(until));
            }
            case Request.Wait wait -> waiting(wait.clinic()).pauseUntil(until);
        }
    }

    private void settle(Reply reply, Moment now) {
        if (connected && reply.body() instanceof Reply.Busy) {
            connection.offline(Cause.BUSY, refusal(), clock.at(now.clock()));
        } else if (connected) {
            connection.connected(refusal(), clock.at(now.clock()));
        }
    }

    /// One clinic that ended does not make a device that is none.
    private @Nullable Refusal refusal() {
        boolean goesOn = waits.values().stream().anyMatch(lane -> lane.refusal() == null);
        return Stream.concat(
                        waits.values().stream().map(WaitLane::refusal),
                        streams.values().stream().map(StreamLane::refusal))
                .filter(each -> each != null && !(goesOn && each.isOfOneClinic()))
                .findFirst()
                .orElse(null);
    }

    /// The request did not get through, or no proper answer came.
    public void failed(Sending sending, Cause cause, Moment now) {
        if (inFlight.containsKey(sending.ticket())) {
            disconnect(cause, now);
        }
    }

    /// There is no room for any request now. A patient who comes meanwhile is asked for all the same.
    public void sentAway(Sending sending, Duration retryAfter, Moment now) {
        failed(sending, Cause.BUSY, now);
        reconnecting.notBefore(now.uptime().plus(Waits.busy(retryAfter)));
    }

    /// Whether another process with this device's identity asks the hub as well.
    public boolean runsTwice(Moment now) {
        return waits.values().stream().anyMatch(lane -> lane.runsTwice(now.uptime()));
    }

    /// The hub does not answer this device at all.
    public void refused(Sending sending, Refusal refusal, Moment now) {
        if (!inFlight.containsKey(sending.ticket())) {
            return;
        }
        for (WaitLane lane : waits.values()) {
            try {
                lane.refused(refusal, now.uptime());
            } catch (StoreFullException _) {
                // Hidden all the same; written down when it is said again and there is space.
            }
        }
        disconnect(Cause.HUB, now);
        reconnecting.notBefore(now.uptime().plus(Backoff.refused(random)));
    }

    /// Whether the hub lets this device read nothing of the clinic, as far as it said.
    public boolean isShutOut(InstitutionCode clinic) {
        return waiting(clinic).refusal() != null;
    }

    private void disconnect(Cause cause, Moment now) {
        boolean patient = isPatientWaiting(now.uptime());
        inFlight.clear();
        hangUp = true;
        streams.values().forEach(StreamLane::disconnected);
        waits.values().forEach(WaitLane::disconnected);
        reconnecting.lost(connected, patient, now.uptime());
        connected = false;
        connection.offline(cause, refusal(), clock.at(now.clock()));
    }

    /// Facts were recorded in the store. Live ones are sent before all others, and at once.
    public void recorded(Collection<NewFact> facts, Moment now) {
        changed = true;
        for (NewFact fact : facts) {
            StreamLane lane = streams.get(fact.fact().envelope().clinic());
            if (fact.live() && lane != null) {
                lane.live(fact.fact().id(), now.uptime());
                reconnecting.hurry(now.uptime());
                waiting(fact.fact().envelope().clinic()).hurry(now.uptime());
            }
        }
    }

    private void pauseUntilThereIsSpace(Moment now) {
        disconnect(Cause.HUB, now);
        reconnecting.notBefore(now.uptime().plus(Waits.FULL));
    }

    private boolean isPatientWaiting(Duration uptime) {
        return streams.values().stream().anyMatch(lane -> lane.isPatientWaiting(uptime));
    }

    public void reader(ReaderCondition condition) {
        report |= reader != condition;
        reader = condition;
    }

    /// Says goodbye with the next push of each stream, and waits for no more news.
    public void leave(String reason) {
        leaving = reason;
        report = true;
    }

    /// Whether the goodbye was said, or cannot be said now.
    public boolean hasLeft() {
        return leaving != null && !report && streams.values().stream().allMatch(StreamLane::isIdle) || !connected;
    }

    /// The facts that the hub has not acknowledged.
    public int unsent(InstitutionCode clinic) {
        return lane(clinic).unsent();
    }

    public ConnectionState connection() {
        return connection.state();
    }

    /// Whether anything the desk shows changed since the last call.
    public boolean takeChanged() {
        boolean taken = connection.takeChanged() || changed;
        changed = false;
        return taken;
    }

    private StreamLane lane(InstitutionCode clinic) {
        return of(streams, clinic);
    }

    private WaitLane waiting(InstitutionCode clinic) {
        return of(waits, clinic);
    }

    private static <L> L of(Map<InstitutionCode, L> lanes, InstitutionCode clinic) {
        return Optional.ofNullable(lanes.get(clinic))
                .orElseThrow(() -> new IllegalArgumentException("clinic " + clinic + " is not of this site"));
    }
}
