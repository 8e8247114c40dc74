package jp.kakunin.edge.receipt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.OpenMonths;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.Told;
import org.jspecify.annotations.Nullable;

/// The sequence of changes of one clinic. A change is noticed by comparing what a visit is now with a digest of what
/// was told last, so it does not matter which fact made it, nor whether the edge was killed in between: a number is
/// given
/// on disk, in one write with the digest, before anybody sees it. What nobody asks for costs nothing.
final class Changes {
    private final InstitutionCode clinic;
    private final ReceiptFacts facts;
    private final Filing filing;
    private final Supplier<UUID> ids;
    private final Executor thread;
    private final AtomicBoolean dirty = new AtomicBoolean(true);

    // Of the thread alone.
    private final Map<TreatmentMonth, Map<VisitId, Told>> told = new TreeMap<>();
    private ClaimBook book = ClaimBook.EMPTY;
    private @Nullable Snapshot current;
    private @Nullable CompletableFuture<Snapshot> looking;

    /// @param ids for sequences
    /// @param thread runs one thing at a time, in order
    Changes(InstitutionCode clinic, ReceiptFacts facts, Filing filing, Supplier<UUID> ids, Executor thread) {
        this.clinic = clinic;
        this.facts = facts;
        this.filing = filing;
        this.ids = ids;
        this.thread = thread;
    }

    InstitutionCode clinic() {
        return clinic;
    }

    /// Facts or the day may have changed. On any thread.
    void touched() {
        dirty.set(true);
    }

    boolean isDirty() {
        return dirty.get();
    }

    /// As of now: whatever was recorded before is in it. On the thread; completes there too.
    CompletableFuture<Snapshot> look() {
        if (looking != null) {
            // It may have begun before what the caller must see.
            return looking.thenCompose(_ -> look());
        }
        Snapshot known = current;
        if (known != null && !dirty.getAndSet(false)) {
            return CompletableFuture.completedFuture(known);
        }
        dirty.set(false);
        CompletableFuture<Snapshot> result = new CompletableFuture<>();
        looking = result;
        var _ = facts.openMonths(clinic)
                .thenComposeAsync(this::withTold, thread)
                .thenComposeAsync(this::told, thread)
                .whenCompleteAsync((snapshot, failure) -> end(result, snapshot, failure), thread);
        return result;
    }

    private void end(CompletableFuture<Snapshot> result, @Nullable Snapshot snapshot, @Nullable Throwable failure) {
        looking = null;
        if (snapshot == null) {
            dirty.set(true);
            result.completeExceptionally(failure == null ? new IllegalStateException("nothing was seen") : failure);
            return;
        }
        if (snapshot.hidden() || snapshot.full()) {
            dirty.set(true);
        }
        current = snapshot;
        result.complete(snapshot);
    }

    /// What was told of months that came into sight lies on disk; of those out of sight nothing is kept.
    private CompletableFuture<OpenMonths> withTold(OpenMonths open) {
        told.keySet().retainAll(open.facts().keySet());
        List<CompletableFuture<?>> reading = new ArrayList<>();
        for (TreatmentMonth month : open.facts().keySet()) {
            if (!told.containsKey(month)) {
                reading.add(facts.told(clinic, month)
                        .thenAcceptAsync(
                                rows -> told.put(month, open.feed() == null ? new HashMap<>() : new HashMap<>(rows)),
                                thread));
            }
        }
        return CompletableFuture.allOf(reading.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> open);
    }

    private CompletableFuture<Snapshot> told(OpenMonths open) {
        if (open.shutOut()) {
            return CompletableFuture.completedFuture(
                    new Snapshot(true, false, ClaimBook.EMPTY, "", 0, new TreeMap<>()));
        }
        book = new ClaimBook(open, book);
        Feed feed = open.feed() == null ? new Feed(ids.get(), 0) : open.feed();
        Map<TreatmentMonth, Map<VisitId, Told>> news = new TreeMap<>();
        Feed moved = compare(feed, news);
        if (news.isEmpty() && open.feed() != null) {
            return carriedOver(snapshot(feed, open.epoch(), false));
        }
        return facts.tell(clinic, moved, news)
                .handleAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                news.forEach((month, visits) -> told.computeIfAbsent(month, _ -> new HashMap<>())
                                        .putAll(visits));
                                return snapshot(moved, open.epoch(), false);
                            }
                            if (cause(failure) instanceof StoreFullException) {
                                return snapshot(feed, open.epoch(), true);
                            }
                            throw new CompletionException(cause(failure));
                        },
                        thread)
                .thenCompose(this::carriedOver);
    }

    /// Numbers what differs from what was told last.
    private Feed compare(Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> news) {
        Instant now = facts.now();
        long seq = feed.last();
        // What is gone first: a visit that moved to another month goes from one and then comes in the other.
        for (Map.Entry<TreatmentMonth, Map<VisitId, Told>> month : told.entrySet()) {
            for (Map.Entry<VisitId, Told> each : month.getValue().entrySet()) {
                ClaimVisit visit = book.visits().get(each.getKey());
                boolean isHere = visit != null && visit.month().equals(month.getKey());
                if (!isHere && each.getValue().content() != null) {
                    news.computeIfAbsent(month.getKey(), _ -> new HashMap<>())
                            .put(each.getKey(), new Told(++seq, now, null));
                }
            }
        }
        for (ClaimVisit visit : book.visits().values()) {
            VisitId id = visit.judged().visit();
            Digest content = book.digest(id);
            Told before = told.getOrDefault(visit.month(), Map.of()).get(id);
            if (before == null || !Objects.equals(content, before.content())) {
                news.computeIfAbsent(visit.month(), _ -> new HashMap<>()).put(id, new Told(++seq, now, content));
            }
        }
        return new Feed(feed.id(), seq);
    }

    private Snapshot snapshot(Feed feed, @Nullable Epoch epoch, boolean full) {
        NavigableMap<Long, Snapshot.Change> changes = new TreeMap<>();
        told.values()
                .forEach(month -> month.forEach((id, each) -> {
                    ClaimVisit visit =
                            each.content() == null ? null : book.visits().get(id);
                    if (each.content() == null || visit != null) {
                        changes.put(each.seq(), new Snapshot.Change(id, each, visit));
                    }
                }));
        return new Snapshot(false, full, book, name(feed, epoch), feed.last(), changes);
    }

    /// A disk or a hub that was put back gives the stream a new epoch: numbers may have been given twice, so the
    /// sequence gets another name, and every client begins again.
    private static String name(Feed feed, @Nullable Epoch epoch) {
        byte[] id = Ids.bytes(feed.id());
        byte[] both = new byte[2 * id.length];
        System.arraycopy(id, 0, both, 0, id.length);
        if (epoch != null) {
            System.arraycopy(Ids.bytes(epoch.value()), 0, both, id.length, id.length);
        }
        return Digest.of(both).toString().substring(0, 8);
    }

    /// A reference is filed once more under the month the patient was seen in, or it would be forgotten with the
    /// older.
    private CompletableFuture<Snapshot> carriedOver(Snapshot snapshot) {
        List<NewFact> left = snapshot.book()
                .referencesLeftBehind()
                .map(reference -> new NewFact(
                        filing.reference(
                                clinic,
                                reference.envelope().patient(),
                                snapshot.book().lastMonthOf(reference),
                                reference.reference()),
                        null,
                        false))
                .toList();
        return left.isEmpty()
                ? CompletableFuture.completedFuture(snapshot)
                // On a full disk it is tried again at the next change.
                : facts.record(left).handle((_, _) -> snapshot);
    }

    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
