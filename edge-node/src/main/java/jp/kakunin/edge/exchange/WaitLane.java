package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply.News;
import jp.kakunin.exchange.Request;
import jp.kakunin.outbox.Admission;
import org.jspecify.annotations.Nullable;

/// Reading what is new in one clinic, by long polls, for ever.
final class WaitLane {
    private final InstitutionCode clinic;
    private final FactStore store;
    private final Instance instance;
    private final RandomGenerator random;
    private final Backoff resets;
    private final Backoff clashes;
    private boolean onItsWay;
    private Duration notBefore = Duration.ZERO;
    private @Nullable Refusal refusal;
    private @Nullable Duration clashedAt;

    WaitLane(InstitutionCode clinic, FactStore store, Instance instance, RandomGenerator random) {
        this.clinic = clinic;
        this.store = store;
        this.instance = instance;
        this.random = random;
        resets = new Backoff(random, Waits.STUCK_FIRST);
        clashes = new Backoff(random, Waits.STUCK_FIRST);
        refusal = store.admission(clinic).refusal();
    }

    Request.@Nullable Wait next(Duration uptime) {
        if (onItsWay || uptime.compareTo(notBefore) < 0) {
            return null;
        }
        onItsWay = true;
        // Who was shut out asks whether that is over; the hub need not hold such a question.
        Duration patience = refusal == null ? Waits.PATIENCE : Duration.ZERO;
        return new Request.Wait(instance, clinic, store.cursor(clinic), Limits.NEWS_FACTS_MAX, patience);
    }

    /// @return whether there was something new
    boolean news(News news, Incarnation incarnation, Duration uptime) {
        admitted();
        Cursor before = store.cursor(clinic);
        if (!news.clinic().equals(clinic) || !news.cursor().incarnation().equals(incarnation)) {
            notBefore = uptime.plus(resets.next(Waits.STUCK_MAX));
            return false;
        }
        if (news.cursor().equals(before)) {
            notBefore = uptime.plus(Waits.NO_NEWS_MIN);
            return false;
        }
        try {
            store.pull(clinic, news.facts(), news.cursor());
        } catch (StoreFullException _) {
            notBefore = uptime.plus(Waits.FULL);
            return false;
        }
        resets.reset();
        return !news.facts().isEmpty();
    }

    void reset(Duration uptime) {
        admitted();
        store.rewind(clinic);
        notBefore = uptime.plus(resets.next(Waits.STUCK_MAX));
    }

    void refused(Refusal why, Duration uptime) {
        onItsWay = false;
        switch (why) {
            case DEVICE_REVOKED, DEVICE_UNKNOWN, NOT_THIS_DEVICES_CLINIC, DECLARATION_ENDED -> shutOut(why, uptime);
            case INSTANCE_CLASH -> thrownOut(uptime);
            case TOO_MANY_FACTS, BATCH_TOO_LARGE, OUT_OF_ORDER, UNDECIDABLE ->
                notBefore = uptime.plus(resets.next(Waits.STUCK_MAX));
        }
    }

    /// Another process with this device's identity began to wait. Coming back at once would throw that one out, and
    /// so on for ever.
    private void thrownOut(Duration uptime) {
        if (!runsTwice(uptime)) {
            clashes.reset();
        }
        clashedAt = uptime;
        notBefore = uptime.plus(clashes.next(Waits.STUCK_MAX));
    }

    boolean runsTwice(Duration uptime) {
        return clashedAt != null && uptime.minus(clashedAt).compareTo(Waits.CLASH_REMEMBERED) < 0;
    }

    /// A patient waits here, so this process is the one to be told the answer.
    void hurry(Duration uptime) {
        if (refusal == null && runsTwice(uptime)) {
            notBefore = uptime;
        }
    }

    private void shutOut(Refusal why, Duration uptime) {
        refusal = why;
        notBefore = uptime.plus(Backoff.refused(random));
        store.admission(clinic, new Admission(why));
    }

    private void admitted() {
        onItsWay = false;
        refusal = null;
        store.admission(clinic, Admission.GRANTED);
    }

    void pauseUntil(Duration uptime) {
        onItsWay = false;
        notBefore = uptime;
    }

    void disconnected() {
        onItsWay = false;
    }

    /// A refusal stays in force, but a device that is known again need not wait to ask.
    void reconnected() {
        if (refusal == null || refusal == Refusal.DEVICE_UNKNOWN) {
            notBefore = Duration.ZERO;
        }
    }

    InstitutionCode clinic() {
        return clinic;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }
}
