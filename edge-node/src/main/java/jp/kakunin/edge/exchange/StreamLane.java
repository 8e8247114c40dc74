package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Acknowledged;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Refused;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.StreamReply.Resume;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/// The stream of one clinic: greet, then one batch at a time, live facts first. Nothing but the hub's exact pair moves
/// the outbox, and no answer makes it try again without a pause unless something was acknowledged.
final class StreamLane {
    private static final int STUCK_TIMES_MAX = 3;

    private final InstitutionCode clinic;
    private final FactStore store;
    private final IdSource ids;
    private final RandomGenerator random;
    private final Backoff stuck;
    private final Map<FactId, Duration> liveUntil = new LinkedHashMap<>();

    private boolean greeted;
    private Grant grant = Grant.NONE;
    private int factsMax = Limits.BATCH_FACTS_MAX;
    private Duration notBefore = Duration.ZERO;
    private boolean liveMayOvertake;
    private @Nullable Batch onItsWay;
    private boolean urgentOnItsWay;
    private @Nullable Duration owingSince;
    private Duration reportedAt = Duration.ZERO;
    private @Nullable Refusal refusal;

    StreamLane(InstitutionCode clinic, FactStore store, IdSource ids, RandomGenerator random) {
        this.clinic = clinic;
        this.store = store;
        this.ids = ids;
        this.random = random;
        stuck = new Backoff(random, Waits.STUCK_FIRST);
        if (store.outbox(clinic) == null) {
            store.number(clinic, Outbox.begin(ids.epoch()));
        }
    }

    void live(FactId fact, Duration uptime) {
        liveUntil.put(fact, uptime.plus(Waits.LIVE_MAX));
    }

    boolean isPatientWaiting(Duration uptime) {
        liveUntil.values().removeIf(until -> until.compareTo(uptime) <= 0);
        return !liveUntil.isEmpty();
    }

    /// What was on its way counts as never answered.
    void disconnected() {
        onItsWay = null;
        greeted = false;
        grant = Grant.NONE;
        owingSince = null;
    }

    /// The connection is new: what the last one was told to wait for is over, but a refusal stays in force.
    void reconnected() {
        if (refusal == null) {
            notBefore = Duration.ZERO;
        }
    }

    void pauseUntil(Duration uptime) {
        notBefore = uptime;
        liveMayOvertake = false;
    }

    /// The next batch, if one should go now.
    ///
    /// @param report there is something to tell the operators
    @Nullable
    Batch next(Instant time, Duration uptime, boolean report) {
        boolean urgent = isPatientWaiting(uptime);
        if (onItsWay != null || !mayGo(urgent, uptime)) {
            return null;
        }
        Outbox outbox = outbox();
        Predicate<Unsent> inTime = BatchChoice.inTimeAt(time);
        boolean owes = owes(outbox);
        if (!owes) {
            owingSince = null;
        } else if (owingSince == null) {
            owingSince = uptime;
        }
        Batch batch;
        if (!greeted || !owes && (report || isReportDue(uptime))) {
            batch = batch(outbox, List.of(), urgent, inTime);
        } else if (!owes) {
            return null;
        } else if (grant.facts() <= 0) {
            greeted = false;
            notBefore = uptime.plus(Waits.STUCK_FIRST).plus(Backoff.jitter(random, Waits.NO_GRANT_MAX));
            return null;
        } else {
            batch = filled(outbox, inTime);
        }
        onItsWay = batch;
        urgentOnItsWay = urgent;
        liveMayOvertake = false;
        reportedAt = uptime;
        return batch;
    }

    private boolean mayGo(boolean urgent, Duration uptime) {
        return uptime.compareTo(notBefore) >= 0 || urgent && liveMayOvertake;
    }

    private boolean isReportDue(Duration uptime) {
        return uptime.minus(reportedAt).compareTo(Waits.REPORT_EVERY) >= 0;
    }

    private boolean owes(Outbox outbox) {
        return !outbox.numbered().isEmpty() || !store.unsent(clinic).isEmpty();
    }

    /// Sends what has its number already, or numbers the next facts first.
    private Batch filled(Outbox outbox, Predicate<Unsent> inTime) {
        Outbox current = outbox.numbered().isEmpty() ? number(outbox, inTime) : outbox;
        List<Numbered> numbered = current.numbered();
        int count = Math.min(numbered.size(), Math.min(factsMax, grant.facts()));
        List<Numbered> sent = numbered.subList(0, count);
        boolean live =
                count <= Limits.LIVE_FACTS_MAX && sent.stream().allMatch(each -> liveUntil.containsKey(each.fact()));
        return batch(current, sent, live, inTime);
    }

    private Outbox number(Outbox outbox, Predicate<Unsent> inTime) {
        Predicate<Unsent> live = unsent -> liveUntil.containsKey(unsent.id());
        int liveMax = Math.min(factsMax, Limits.LIVE_FACTS_MAX);
        List<Unsent> chosen = BatchChoice.first(store.unsent(clinic), live, liveMax, grant);
        if (chosen.isEmpty()) {
            chosen = BatchChoice.first(store.unsent(clinic), inTime, factsMax, grant);
        }
        if (chosen.isEmpty()) {
            chosen = BatchChoice.first(store.unsent(clinic), inTime.negate(), factsMax, grant);
        }
        Outbox numbered = outbox;
        for (Unsent unsent : chosen) {
            numbered = numbered.number(unsent.id(), unsent.month(), store.encoded(clinic, unsent.month(), unsent.id()));
        }
        store.number(clinic, numbered);
        return numbered;
    }

    private Batch batch(Outbox outbox, List<Numbered> sent, boolean live, Predicate<Unsent> inTime) {
        return new Batch(
                clinic,
                outbox.epoch(),
                outbox.acknowledged(),
                store.outgoing(clinic, sent),
                live,
                BatchChoice.backlog(store.unsent(clinic), inTime));
    }

    /// @return whether something changed that the desk shows
    boolean replied(StreamReply reply, Duration uptime) {
        Batch batch = onItsWay;
        onItsWay = null;
        Outbox outbox = outbox();
        if (batch == null || !reply.epoch().equals(outbox.epoch())) {
            pause(uptime);
            return false;
        }
        return switch (reply) {
            case Acknowledged acknowledged -> acknowledged(acknowledged, batch, outbox, uptime);
            case Resume resume -> resume(resume, outbox, uptime);
            case Refused refused -> refused(refused.refusal(), batch, outbox, uptime);
        };
    }

    private boolean acknowledged(Acknowledged reply, Batch batch, Outbox outbox, Duration uptime) {
        if (!reply.position().equals(endOf(batch, outbox))) {
            pause(uptime);
            return false;
        }
        refusal = null;
        granted(reply.grant());
        if (batch.facts().isEmpty()) {
            return false;
        }
        store.acknowledge(clinic, outbox.acknowledge(reply.position()), remarks(reply.remarks(), outbox));
        progressed(outbox);
        return true;
    }

    private void granted(Grant said) {
        greeted = true;
        grant = said;
    }

    private static Map<Numbered, Remarked> remarks(List<Remark> said, Outbox outbox) {
        Map<Numbered, Remarked> remarks = new HashMap<>();
        for (Remark remark : said) {
            for (Numbered numbered : outbox.numbered()) {
                if (numbered.position().seq() == remark.seq()) {
                    remarks.put(numbered, new Remarked(remark.outcome(), remark.reason()));
                }
            }
        }
        return remarks;
    }

    private static StreamPosition endOf(Batch batch, Outbox outbox) {
        int count = batch.facts().size();
        return count == 0 ? batch.follows() : outbox.numbered().get(count - 1).position();
    }

    private boolean resume(Resume reply, Outbox outbox, Duration uptime) {
        refusal = null;
        if (!outbox.knows(reply.position())) {
            reopen(uptime);
            return true;
        }
        if (reply.position().equals(outbox.acknowledged())) {
            pauseOrReopen(uptime);
            return false;
        }
        store.acknowledge(clinic, outbox.acknowledge(reply.position()), remarks(reply.remarks(), outbox));
        granted(reply.grant());
        progressed(outbox);
        return true;
    }

    private boolean refused(Refusal why, Batch batch, Outbox outbox, Duration uptime) {
        switch (why) {
            case TOO_MANY_FACTS, BATCH_TOO_LARGE -> halve(batch, outbox, QuarantineReason.TOO_LARGE, uptime);
            case UNDECIDABLE -> halve(batch, outbox, QuarantineReason.UNREADABLE, uptime);
            case OUT_OF_ORDER -> pauseOrReopen(uptime);
            case INSTANCE_CLASH -> reopen(uptime);
            case NOT_THIS_DEVICES_CLINIC, DEVICE_REVOKED, DEVICE_UNKNOWN, DECLARATION_ENDED -> {
                refusal = why;
                greeted = false;
                pauseUntil(uptime.plus(Backoff.refused(random)));
            }
        }
        return true;
    }

    /// One fact that no hub takes must not hold up the others. A stream that cannot even be greeted is left for a
    /// new one.
    private void halve(Batch batch, Outbox outbox, QuarantineReason reason, Duration uptime) {
        switch (batch.facts().size()) {
            case 0 -> pauseOrReopen(uptime);
            case 1 -> {
                Numbered alone = outbox.numbered().getFirst();
                store.setAside(clinic, alone.month(), alone.fact(), new Remarked(Outcome.REFUSED, reason));
                reopen(uptime);
            }
            default -> {
                factsMax = batch.facts().size() / 2;
                pause(uptime);
            }
        }
    }

    private void progressed(Outbox before) {
        Outbox after = outbox();
        before.numbered().stream()
                .filter(each -> !after.numbered().contains(each))
                .forEach(each -> liveUntil.remove(each.fact()));
        owingSince = null;
        factsMax = Math.min(Limits.BATCH_FACTS_MAX, factsMax * 2);
        notBefore = Duration.ZERO;
        stuck.reset();
    }

    private void pauseOrReopen(Duration uptime) {
        if (stuck.attempts() >= STUCK_TIMES_MAX) {
            reopen(uptime);
        } else {
            pause(uptime);
        }
    }

    private void pause(Duration uptime) {
        greeted = false;
        pauseUntil(uptime.plus(stuck.next(Waits.STUCK_MAX)));
    }

    private void reopen(Duration uptime) {
        store.reopen(clinic, ids.epoch());
        pause(uptime);
    }

    void busy(Duration until) {
        onItsWay = null;
        notBefore = until;
        liveMayOvertake = !urgentOnItsWay;
    }

    /// Something to send and nothing acknowledged for too long, without the hub having said to wait.
    boolean isStalled(Duration uptime) {
        Duration since = owingSince;
        return refusal == null
                && since != null
                && uptime.compareTo(notBefore) >= 0
                && uptime.minus(since).compareTo(Waits.WATCHDOG) > 0;
    }

    int unsent() {
        return store.unsent(clinic).size() + outbox().numbered().size();
    }

    InstitutionCode clinic() {
        return clinic;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    boolean isIdle() {
        return onItsWay == null;
    }

    boolean isGreeted() {
        return greeted;
    }

    private Outbox outbox() {
        Outbox outbox = store.outbox(clinic);
        if (outbox == null) {
            throw new IllegalStateException("the stream of clinic " + clinic + " is gone from the store");
        }
        return outbox;
    }
}
