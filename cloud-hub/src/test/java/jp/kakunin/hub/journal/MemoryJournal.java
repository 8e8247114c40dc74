package jp.kakunin.hub.journal;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// A journal in memory for tests and simulations. Commits wait until the given executor lets the disk turn, so that a
/// crash can lose what was handed in but not synced.
public final class MemoryJournal implements Journal {
    private final Incarnation incarnation;
    private final MemoryDisk disk;
    private final Executor turns;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Set<PatientMonth> damaged = new HashSet<>();
    private boolean dead;

    /// Of the open months; like those of a hub they are in no backup.
    private final NavigableMap<TreatmentMonth, KeyPair> keys;

    private MemoryJournal(
            Incarnation incarnation, MemoryDisk disk, NavigableMap<TreatmentMonth, KeyPair> keys, Executor turns) {
        this.incarnation = incarnation;
        this.disk = disk;
        this.keys = keys;
        this.turns = turns;
    }

    /// An empty journal.
    ///
    /// @param turns runs the disk; `Runnable::run` makes every commit durable at once
    public static MemoryJournal create(Incarnation incarnation, Executor turns) {
        return new MemoryJournal(incarnation, new MemoryDisk(), new TreeMap<>(), turns);
    }

    /// Power fails: what waited is lost and its futures never complete. The journal that goes on has the same disk.
    public synchronized MemoryJournal crash() {
        dead = true;
        waiting.clear();
        return new MemoryJournal(incarnation, disk, keys, turns);
    }

    /// As it would be if its disk as of now were put back later.
    public synchronized MemoryJournal backup(Incarnation afterRestore) {
        return new MemoryJournal(afterRestore, disk.copy(), keys, turns);
    }

    /// From now on nobody can make sense of this summary.
    public synchronized void damage(PatientMonth key) {
        damaged.add(key);
    }

    public synchronized void repair(PatientMonth key) {
        damaged.remove(key);
    }

    /// The months of which anything lies on the disk.
    public synchronized Set<TreatmentMonth> months() {
        return disk.months();
    }

    @Override
    public Incarnation incarnation() {
        return incarnation;
    }

    @Override
    public synchronized Head head(InstitutionCode clinic) {
        return disk.head(clinic);
    }

    @Override
    public synchronized @Nullable StreamState stream(StreamId stream) {
        return disk.streams.get(stream);
    }

    @Override
    public synchronized Map<StreamId, StreamState> streams(InstitutionCode clinic) {
        Map<StreamId, StreamState> ofClinic = new HashMap<>(disk.streams);
        ofClinic.keySet().removeIf(stream -> !stream.clinic().equals(clinic));
        return ofClinic;
    }

    @Override
    public synchronized Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted) {
        Map<PatientMonth, Summary> found = new HashMap<>();
        for (PatientMonth key : wanted) {
            if (damaged.contains(key)) {
                throw new IllegalArgumentException("the summary cannot be read");
            }
            Summary summary = disk.summaries.get(key);
            if (summary != null) {
                found.put(key, summary);
            }
        }
        return found;
    }

    @Override
    public synchronized void forEachSummary(
            InstitutionCode clinic,
            TreatmentMonth month,
            @Nullable PatientId after,
            BiPredicate<PatientId, Summary> visitor) {
        TreeMap<PatientId, Summary> inOrder = new TreeMap<>();
        disk.summaries.forEach((key, summary) -> {
            if (key.clinic().equals(clinic) && key.month().equals(month)) {
                inOrder.put(key.patient(), summary);
            }
        });
        Map<PatientId, Summary> behind = after == null ? inOrder : inOrder.tailMap(after, false);
        for (Map.Entry<PatientId, Summary> each : behind.entrySet()) {
            if (!visitor.test(each.getKey(), each.getValue())) {
                return;
            }
        }
    }

    @Override
    public synchronized List<ClosedMonth> closedMonths() {
        return List.copyOf(disk.closed.values());
    }

    @Override
    public synchronized List<Positioned> read(
            InstitutionCode clinic, TreatmentMonth month, long afterPosition, int factsMax) {
        return disk.facts.getOrDefault(new MemoryDisk.ClinicMonth(clinic, month), List.of()).stream()
                .skip(afterPosition)
                .limit(factsMax)
                .toList();
    }

    @Override
    public synchronized byte @Nullable [] attachment(InstitutionCode clinic, TreatmentMonth month, CheckId check) {
        return disk.attachments.get(new MemoryDisk.Place<>(clinic, new Commit.AttachmentKey(month, check)));
    }

    @Override
    public synchronized @Nullable SetAside quarantined(InstitutionCode clinic, TreatmentMonth month, Digest content) {
        return disk.quarantine.get(new MemoryDisk.Place<>(clinic, new Commit.QuarantineKey(month, content)));
    }

    @Override
    public synchronized void forEachQuarantined(@Nullable InstitutionCode clinic, Predicate<SetAside> visitor) {
        disk.quarantine.values().stream()
                .filter(each -> clinic == null || each.clinic().equals(clinic))
                .sorted(Comparator.comparing(SetAside::month)
                        .thenComparing(SetAside::clinic)
                        .thenComparing(each -> each.content().bytes(), Arrays::compareUnsigned))
                .takeWhile(visitor)
                .forEach(_ -> {});
    }

    @Override
    public synchronized List<WorkItem> worklist(@Nullable WorkItem after, int itemsMax) {
        Collection<WorkItem> items = after == null
                ? disk.worklist.values()
                : disk.worklist.tailMap(after, false).values();
        return items.stream().limit(itemsMax).toList();
    }

    @Override
    public synchronized List<Question> questions(@Nullable Question after, int questionsMax) {
        Collection<Question> questions = after == null
                ? disk.questions.values()
                : disk.questions.tailMap(after, false).values();
        return questions.stream().limit(questionsMax).toList();
    }

    @Override
    public synchronized @Nullable TreatmentMonth closedThrough() {
        return disk.closedThrough;
    }

    @Override
    public synchronized CompletableFuture<CommitResult> commit(Commit commit) {
        CompletableFuture<CommitResult> done = new CompletableFuture<>();
        enqueue(() -> done.complete(disk.write(commit)), done);
        return done;
    }

    @Override
    public synchronized CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        enqueue(
                () -> {
                    disk.close(month);
                    keys.headMap(month, true).clear();
                    done.complete(null);
                },
                done);
        return done;
    }

    @Override
    public synchronized @Nullable KeyPair exportKeys(TreatmentMonth month) {
        TreatmentMonth through = disk.closedThrough;
        return through != null && month.compareTo(through) <= 0 ? null : keys.computeIfAbsent(month, _ -> newKeys());
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        dead = true;
    }

    private void enqueue(Runnable work, CompletableFuture<?> done) {
        if (dead) {
            done.completeExceptionally(new JournalBrokenException("the journal is closed"));
            return;
        }
        waiting.add(work);
        turns.execute(this::turn);
    }

    private synchronized void turn() {
        for (Runnable work = waiting.poll(); work != null; work = waiting.poll()) {
            work.run();
        }
    }
}
