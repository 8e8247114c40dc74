package jp.kakunin.hub.exchange;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.hub.exchange.BatchJob.Verdict;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.fleet.Counters.Event;
import jp.kakunin.hub.fleet.DeviceDirectory;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.hub.reconcile.ClinicView;
import jp.kakunin.hub.reconcile.Decider;
import jp.kakunin.hub.reconcile.Sender;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hub's side of the exchange: each clinic has one writer, and nothing is acknowledged before it is durable.
/// Has no thread, clock or randomness of its own, so that a simulation runs it in one thread.
public final class ExchangeService {
    private static final int BUSY_SLOTS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeService.class);

    private final ExchangeSettings settings;
    private final Journal journal;
    private final DeviceDirectory devices;
    private final FleetView fleet;
    private final InstantSource clock;
    private final Decider decider;
    private final List<Shard> shards = new ArrayList<>();
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger busySlot = new AtomicInteger();

    /// The months whose key could not be made, each told once.
    private final Set<TreatmentMonth> keyless = ConcurrentHashMap.newKeySet();

    /// @param random thread-safe, or used by this service alone
    /// @param shards each runs one task at a time, in order, and never inside `execute`; they read the journal,
    ///     so they are no event loops. More shards decide about more clinics at once
    public ExchangeService(
            ExchangeSettings settings,
            Journal journal,
            DeviceDirectory devices,
            FleetView fleet,
            AnswerSeal seal,
            ProofNumbers numbers,
            InstantSource clock,
            RandomGenerator random,
            List<Executor> shards,
            Timers timers) {
        this.settings = settings;
        this.journal = journal;
        this.devices = devices;
        this.fleet = fleet;
        this.clock = clock;
        this.decider = new Decider(seal, numbers, new IdSource(clock, random));
        NewsDesk newsDesk = new NewsDesk(journal, clock);
        for (Executor executor : shards) {
            Waiters waiters =
                    new Waiters(settings.waitersMax(), newsDesk, devices::status, executor, timers, this::busy);
            this.shards.add(new Shard(settings, journal, clock, executor, fleet.counters(), listeners, waiters));
        }
    }

    /// Called on any thread and returns at once. The future fails only when the journal failed.
    public CompletableFuture<Reply> handle(DeviceId device, Request request) {
        CompletableFuture<Reply.Body> body = switch (request) {
            case Request.Push push -> push(device, push);
            case Request.Wait wait -> await(device, wait);
        };
        return body.thenApply(this::reply);
    }

    /// A batch that was carried by hand. It is taken like any other of that device, and tells nothing about how the
    /// device is now.
    public CompletableFuture<Reply> carried(DeviceId device, Instance instance, Batch batch) {
        return take(device, instance, List.of(batch)).thenApply(this::reply);
    }

    /// Records what the authority said to a question.
    public CompletableFuture<Settled> answer(Question question, LocalDate asOf, Instant answeredAt, Answer answer) {
        return settle(question.clinic(), true, view -> decider.answer(view, question, asOf, answeredAt, answer));
    }

    /// Records that a question can never be asked, and counts it: the evidence of its check is of no use.
    public CompletableFuture<Settled> unusable(Question question, EvidenceFlaw flaw) {
        return settle(question.clinic(), true, view -> decider.unusable(view, question, flaw))
                .thenApply(settled -> {
                    if (settled == Settled.RECORDED) {
                        fleet.counters().count(Event.UNUSABLE_EVIDENCE);
                    }
                    return settled;
                });
    }

    /// Judges what lies in quarantine because this hub could not read it, as if it had come now.
    CompletableFuture<Settled> retake(SetAside setAside, Origin origin) {
        // A device that is not known any more was, when it was heard: that is not thrown away, but for people to judge.
        DeviceStatus status = devices.status(origin.device());
        Sender.Trust trust =
                status instanceof DeviceStatus.Unknown ? Sender.Trust.QUARANTINE : trust(status, setAside.clinic());
        return settle(setAside.clinic(), false, view -> decider.retake(view, trust, setAside, origin))
                .thenApply(settled -> {
                    if (settled == Settled.RECORDED) {
                        fleet.counters().count(Event.RETAKEN);
                    }
                    return settled;
                });
    }

    public void onCommit(CommitListener listener) {
        listeners.add(listener);
    }

    private CompletableFuture<Reply.Body> push(DeviceId device, Request.Push push) {
        Counters counters = fleet.counters();
        counters.count(Event.PUSH);
        if (push.batches().stream().filter(batch -> !batch.facts().isEmpty()).count() > 1) {
            counters.count(Event.SHARED_PUSH);
        }
        Map<InstitutionCode, Backlog> backlogs =
                push.batches().stream().collect(Collectors.toMap(Batch::clinic, Batch::backlog, (_, later) -> later));
        fleet.notePush(device, push.instance(), clock.instant(), push.report(), backlogs);
        if (push.batches().size() > Limits.BATCHES_MAX) {
            return answerAll(push, Refusal.BATCH_TOO_LARGE);
        }
        return take(device, push.instance(), push.batches());
    }

    private CompletableFuture<Reply.Body> take(DeviceId device, Instance instance, List<Batch> batches) {
        DeviceStatus status = devices.status(device);
        List<Batch> admitted = new ArrayList<>();
        for (Batch batch : batches) {
            if (!speaksFor(status, batch.clinic())) {
                continue;
            }
            if (!shard(batch.clinic()).admit(batch.live())) {
                admitted.forEach(each -> shard(each.clinic()).giveBack(each.live()));
                return CompletableFuture.completedFuture(busy());
            }
            admitted.add(batch);
        }
        List<CompletableFuture<Verdict>> verdicts = batches.stream()
                .map(batch -> speaksFor(status, batch.clinic())
                        ? submit(new Sender(device, instance, trust(status, batch.clinic())), batch)
                        : refuse(batch, Refusal.NOT_THIS_DEVICES_CLINIC))
                .toList();
        return CompletableFuture.allOf(verdicts.toArray(CompletableFuture[]::new))
                .thenApply(_ -> pushed(verdicts));
    }

    private CompletableFuture<Verdict> submit(Sender sender, Batch batch) {
        Shard shard = shard(batch.clinic());
        BatchJob job = new BatchJob(decider, fleet.counters(), sender, batch, shard::grant);
        shard.submit(job);
        return job.verdict();
    }

    private CompletableFuture<Verdict> refuse(Batch batch, Refusal refusal) {
        fleet.counters().count(refusal);
        StreamReply refused = new StreamReply.Refused(batch.clinic(), batch.epoch(), refusal);
        return CompletableFuture.completedFuture(new Verdict.Answered(refused));
    }

    private CompletableFuture<Reply.Body> answerAll(Request.Push push, Refusal refusal) {
        fleet.counters().count(refusal);
        return CompletableFuture.completedFuture(new Reply.Pushed(push.batches().stream()
                .<StreamReply>map(batch -> new StreamReply.Refused(batch.clinic(), batch.epoch(), refusal))
                .toList()));
    }

    /// If one stream has to come again, all do: those that were stored are told so by a RESUME.
    private Reply.Body pushed(List<CompletableFuture<Verdict>> verdicts) {
        List<StreamReply> replies = new ArrayList<>();
        for (CompletableFuture<Verdict> verdict : verdicts) {
            switch (verdict.join()) {
                case Verdict.Answered(StreamReply reply) -> replies.add(reply);
                case Verdict.Later _ -> {
                    return busy();
                }
            }
        }
        return new Reply.Pushed(replies);
    }

    private CompletableFuture<Reply.Body> await(DeviceId device, Request.Wait wait) {
        fleet.counters().count(Event.WAIT);
        fleet.noteWait(device, wait.instance(), clock.instant());
        Waiter waiter = new Waiter(device, wait, new CompletableFuture<>());
        shard(wait.clinic()).await(waiter);
        return waiter.answer();
    }

    private CompletableFuture<Settled> settle(
            InstitutionCode clinic, boolean live, Function<ClinicView, Optional<Commit>> decision) {
        Shard shard = shard(clinic);
        OwnJob job = new OwnJob(clinic, live, decision, new CompletableFuture<>());
        if (shard.admit(job.live())) {
            shard.submit(job);
        } else {
            job.busy();
        }
        return job.settled();
    }

    /// Also of a clinic whose declaration has ended: what was captured before is taken.
    private static boolean speaksFor(DeviceStatus status, InstitutionCode clinic) {
        return status.clinics().contains(clinic) || status.ended().contains(clinic);
    }

    private static Sender.Trust trust(DeviceStatus status, InstitutionCode clinic) {
        return switch (status) {
            case DeviceStatus.Active active when active.ended().contains(clinic) -> Sender.Trust.QUARANTINE;
            case DeviceStatus.Active _ -> Sender.Trust.FULL;
            case DeviceStatus.Revoked _ -> Sender.Trust.QUARANTINE;
            case DeviceStatus.Stolen _, DeviceStatus.Unknown _ -> Sender.Trust.NONE;
        };
    }

    private Shard shard(InstitutionCode clinic) {
        return shards.get(Math.floorMod(clinic.hashCode(), shards.size()));
    }

    /// Slots spread those who are told to come again, so that they do not all come at once.
    private Reply.Body busy() {
        fleet.counters().count(Event.BUSY);
        int slot = Math.floorMod(busySlot.getAndIncrement(), BUSY_SLOTS);
        Duration least = settings.retryAfter();
        return new Reply.Busy(least.plus(least.multipliedBy(slot).dividedBy(BUSY_SLOTS)));
    }

    private Reply reply(Reply.Body body) {
        if (body instanceof Reply.Reset) {
            fleet.counters().count(Event.RESET);
        }
        Instant now = clock.instant();
        Reply.Policy policy = settings.policyFor(devices.enrolled(), exportKeys(TreatmentMonth.at(now)));
        return new Reply(journal.incarnation(), now, policy, body);
    }

    /// Of the months that an edge without a line can still be writing to before it hears of the next.
    private Map<TreatmentMonth, PublicKey> exportKeys(TreatmentMonth current) {
        Map<TreatmentMonth, PublicKey> keys = new TreeMap<>();
        for (TreatmentMonth month : List.of(current.previous(), current, current.next())) {
            KeyPair pair = exportKeysIfWritable(month);
            if (pair != null) {
                keys.put(month, pair.getPublic());
            }
        }
        return keys;
    }

    /// What is carried by hand may wait for a key; what comes over the line must be answered without one.
    private @Nullable KeyPair exportKeysIfWritable(TreatmentMonth month) {
        try {
            return journal.exportKeys(month);
        } catch (VaultException e) {
            if (keyless.add(month)) {
                LOG.error("no key can be made for month {}: devices cannot write sealed exports of it", month, e);
            }
            return null;
        }
    }
}
