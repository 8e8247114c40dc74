package jp.kakunin.load.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.exchange.EdgeClock;
import jp.kakunin.edge.exchange.ExchangeMachine;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Moment;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.edge.exchange.Work;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.outbox.Remarked;
import org.jspecify.annotations.Nullable;

/// An edge node without desk and disk: the product's own protocol machine over a line of its own. Everything happens on
/// the thread of its crew; what the line tells from elsewhere is taken there first.
final class VirtualEdge implements HubLink.Listener, LeanStore.Listener {
    private final Executor thread;
    private final InstitutionCode clinic;
    private final Crew crew;
    private final FleetLine line;
    private final LeanStore store = new LeanStore(this);
    private final ExchangeMachine machine;
    private final Map<CheckId, Asked> asked = new HashMap<>(2);
    private final Set<PatientId> settled = new HashSet<>(2);
    private final Map<Integer, MadeVisit> again = new HashMap<>(2);
    private final Duration clockOff;
    private boolean connected;

    /// A check whose answer is waited for.
    private record Asked(int visit, PatientId patient) {}

    VirtualEdge(InstitutionCode clinic, Duration clockOff, Crew crew, FleetLine line, Executor thread) {
        this.clinic = clinic;
        this.clockOff = clockOff;
        this.crew = crew;
        this.line = line;
        this.thread = thread;
        Moment start = now();
        machine = new ExchangeMachine(
                List.of(clinic), store, new EdgeClock(null, start), crew.ids(), crew.random(), Crew.APP_VERSION, start);
    }

    /// What its computer's clock shows.
    private Moment now() {
        Moment now = crew.now();
        return new Moment(now.clock().plus(clockOff), now.uptime());
    }

    InstitutionCode clinic() {
        return clinic;
    }

    FleetLine line() {
        return line;
    }

    /// A patient has come, or came earlier when nobody waits any more.
    void record(int visit, MadeVisit made) {
        if (made.fact().fact() instanceof Fact.CheckRecorded check
                && made.fact().attachment() != null) {
            ask(visit, check);
        }
        if (crew.plan().oddityOf(visit) == Oddity.TWICE) {
            again.put(visit, made);
        }
        offer(visit, made);
    }

    private void offer(int visit, MadeVisit made) {
        store.record(visit, made);
        machine.recorded(List.of(made.fact()), now());
        poll();
    }

    /// One answer settles all checks of a patient, and the hub need not ask for the others.
    private void ask(int visit, Fact.CheckRecorded check) {
        crew.gauge().asked();
        if (settled.contains(check.envelope().patient())) {
            crew.gauge().settledByAnother();
        } else {
            asked.put(check.check(), new Asked(visit, check.envelope().patient()));
        }
    }

    void poll() {
        Work work = machine.poll(now());
        if (work.hangUp()) {
            line.hangUp();
        }
        for (Sending sending : work.sendings()) {
            line.send(sending, this);
        }
        boolean isConnected = machine.connection() instanceof ConnectionState.Connected;
        if (isConnected != connected) {
            connected = isConnected;
            crew.gauge().connected(isConnected);
        }
    }

    @Override
    public void replied(Sending sending, Reply reply) {
        thread.execute(() -> {
            machine.replied(sending, reply, now());
            poll();
        });
    }

    @Override
    public void refused(Sending sending, Refusal refusal) {
        thread.execute(() -> {
            crew.gauge().error("device " + refusal);
            machine.refused(sending, refusal, now());
            poll();
        });
    }

    @Override
    public void failed(Sending sending, Cause cause) {
        thread.execute(() -> {
            machine.failed(sending, cause, now());
            poll();
        });
    }

    @Override
    public void sentAway(Sending sending, Duration retryAfter) {
        thread.execute(() -> {
            machine.sentAway(sending, retryAfter, now());
            poll();
        });
    }

    @Override
    public void sent(int visit) {
        if (crew.trace().stage(visit) != VisitTrace.Stage.ACKNOWLEDGED) {
            crew.trace().reached(visit, VisitTrace.Stage.SENT);
        }
    }

    @Override
    public void acknowledged(int visit, @Nullable Remarked remarked) {
        if (remarked == null && crew.trace().stage(visit) == VisitTrace.Stage.ACKNOWLEDGED) {
            crew.gauge().takenAgain();
            return;
        }
        if (remarked == null) {
            crew.trace().reached(visit, VisitTrace.Stage.ACKNOWLEDGED);
            crew.gauge().acknowledged(crew.plan().isLive(visit), crew.intendedNanos(visit), System.nanoTime());
            MadeVisit offeredTwice = again.remove(visit);
            if (offeredTwice != null) {
                crew.gauge().offeredAgain();
                thread.execute(() -> offer(visit, offeredTwice));
            }
            return;
        }
        crew.trace().reached(visit, VisitTrace.Stage.REFUSED);
        crew.gauge().error("fact " + remarked.outcome() + " " + remarked.reason());
        crew.gauge().settled();
        if (asked.values().removeIf(each -> each.visit() == visit)) {
            crew.gauge().answerGivenUp();
        }
    }

    @Override
    public void answered(Fact.AnswerReceived answer) {
        PatientId patient = answer.envelope().patient();
        Asked check = asked.remove(answer.check());
        if (check != null) {
            crew.trace().answered(check.visit());
            crew.gauge()
                    .answered(crew.plan().isLive(check.visit()), crew.intendedNanos(check.visit()), System.nanoTime());
        }
        settled.add(patient);
        asked.values().removeIf(each -> {
            boolean isSettled = each.patient().equals(patient);
            if (isSettled) {
                crew.gauge().settledByAnother();
            }
            return isSettled;
        });
    }
}
