package jp.kakunin.hub.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.SealingKey;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journal embedded in the hub, on RocksDB. Native calls: never read it on an event loop or a virtual thread.
///
///     DIRECTORY/db     the database; all of it goes into a backup, and is put back as a whole
///     DIRECTORY/life   tells whether the database went on or was put back; never goes into a backup
///
/// The keys of the months lie elsewhere: a backup holds nothing that can be read after its month is closed.
public final class RocksJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(RocksJournal.class);

    static final String DATABASE = "db";
    private static final String LIFE = "life";

    private final Store store;
    private final Heads heads;
    private final Committer committer;
    private final MonthKeys keys;
    private final MonthCloser closer;
    private final Incarnation incarnation;

    /// Opens a journal whose syncs nobody watches.
    ///
    /// @throws IOException with the reason, when the folder cannot be used or the store is damaged or in use
    public static RocksJournal open(Path directory, MonthKeys keys, Durability durability, RandomGenerator random)
            throws IOException {
        return open(directory, keys, durability, random, SyncObserver.NONE);
    }

    /// @param keys of the months; a month whose key is destroyed is forgotten here too, if a backup brought it back
    /// @throws IOException with the reason, when the folder cannot be used or the store is damaged or in use
    public static RocksJournal open(
            Path directory, MonthKeys keys, Durability durability, RandomGenerator random, SyncObserver observer)
            throws IOException {
        return open(directory, keys, durability, random, observer, Room.REAL);
    }

    static RocksJournal open(
            Path directory,
            MonthKeys keys,
            Durability durability,
            RandomGenerator random,
            SyncObserver observer,
            Room room)
            throws IOException {
        try {
            Store store = new Store(directory.resolve(DATABASE), durability, keys, room);
            try {
                return begin(store, directory, keys, random, observer);
            } catch (RocksDBException | IOException | RuntimeException e) {
                store.close();
                throw e;
            }
        } catch (RocksDBException e) {
            throw new IOException("journal " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static RocksJournal begin(
            Store store, Path directory, MonthKeys keys, RandomGenerator random, SyncObserver observer)
            throws IOException, RocksDBException {
        Heads heads = new Heads(store);
        findKeys(store, keys);
        Incarnation incarnation = beginLife(store, new LifeFile(directory.resolve(LIFE)), random);
        RocksJournal journal = new RocksJournal(store, heads, keys, incarnation, observer);
        journal.goOnClosing();
        journal.committer.start();
        return journal;
    }

    /// Puts a copy of this journal as it is at one instant into a folder, which must not exist yet but whose parent
    /// does,
    /// on the same disk. Commits go on meanwhile. Blocks until what is in memory has been written out.
    public void copyTo(Path directory) throws IOException {
        Files.createDirectory(directory);
        store.copyTo(directory.resolve(DATABASE));
    }

    /// Says that the database in this folder was put back from a backup: the next opening begins a new incarnation.
    public static void markRestored(Path directory) throws IOException {
        new LifeFile(directory.resolve(LIFE)).delete();
    }

    private RocksJournal(Store store, Heads heads, MonthKeys keys, Incarnation incarnation, SyncObserver observer) {
        this.store = store;
        this.heads = heads;
        this.incarnation = incarnation;
        this.keys = keys;
        this.committer = new Committer(store, heads, keys, observer);
        this.closer = new MonthCloser(store, heads, committer, keys);
    }

    /// Completes when the disk failed and the journal takes nothing more; only a new opening helps. Never completes
    /// for a journal that is closed in peace.
    public CompletableFuture<JournalBrokenException> failure() {
        return committer.failure();
    }

    @Override
    public Incarnation incarnation() {
        return incarnation;
    }

    @Override
    public Head head(InstitutionCode clinic) {
        return heads.of(clinic);
    }

    @Override
    public @Nullable StreamState stream(StreamId stream) {
        byte[] stored = store.get(null, Keys.stream(stream));
        return stored == null ? null : JournalCodec.decodeStreamState(stored);
    }

    @Override
    public Map<StreamId, StreamState> streams(InstitutionCode clinic) {
        Map<StreamId, StreamState> streams = new HashMap<>();
        byte[] prefix = Keys.prefix(Keys.STREAM, clinic);
        store.scan(null, prefix, prefix, (key, value) -> {
            streams.put(Keys.streamOf(key), JournalCodec.decodeStreamState(value));
            return true;
        });
        return streams;
    }

    @Override
    public Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted) {
        Map<TreatmentMonth, List<PatientMonth>> byMonth = new TreeMap<>();
        wanted.forEach(key ->
                byMonth.computeIfAbsent(key.month(), _ -> new ArrayList<>()).add(key));
        Map<PatientMonth, Summary> found = new HashMap<>();
        byMonth.forEach((month, asked) -> {
            SealingKey sealing = keys.find(month);
            if (sealing != null) {
                List<byte[]> names = asked.stream()
                        .map(each -> Keys.summary(
                                each.clinic(), sealing.hide(each.patient().value())))
                        .toList();
                List<Optional<byte[]>> values = store.getAll(month, names);
                for (int i = 0; i < asked.size(); i++) {
                    PatientMonth key = asked.get(i);
                    values.get(i).map(JournalCodec::decodeSummary).ifPresent(summary -> found.put(key, summary));
                }
            }
        });
        return found;
    }

    @Override
    public void forEachSummary(
            InstitutionCode clinic,
            TreatmentMonth month,
            @Nullable PatientId after,
            BiPredicate<PatientId, Summary> visitor) {
        SealingKey key = keys.find(month);
        if (key == null) {
            return;
        }
        byte[] prefix = Keys.prefix(Keys.SUMMARY, clinic);
        byte[] from = after == null ? prefix : behind(Keys.summary(clinic, key.hide(after.value())));
        store.scan(
                month,
                prefix,
                from,
                (name, value) -> visitor.test(
                        new PatientId(key.reveal(Keys.hiddenPatientOfSummary(name))),
                        JournalCodec.decodeSummary(value)));
    }

    @Override
    public List<Positioned> read(InstitutionCode clinic, TreatmentMonth month, long afterPosition, int factsMax) {
        List<Positioned> facts = new ArrayList<>();
        if (factsMax > 0) {
            byte[] from = Keys.block(clinic, afterPosition + 1);
            store.scan(month, Keys.prefix(Keys.BLOCK, clinic), from, (key, value) -> {
                Positioned.of(Keys.lastOfBlock(key), JournalCodec.decodeBlock(value))
                        .filter(each -> each.position() > afterPosition)
                        .limit(factsMax - facts.size())
                        .forEach(facts::add);
                return facts.size() < factsMax;
            });
        }
        return facts;
    }

    @Override
    public byte @Nullable [] attachment(InstitutionCode clinic, TreatmentMonth month, CheckId check) {
        return store.get(month, Keys.attachment(clinic, check));
    }

    @Override
    public @Nullable SetAside quarantined(InstitutionCode clinic, TreatmentMonth month, Digest content) {
        byte[] key = Keys.quarantine(clinic, content);
        byte[] stored = store.get(month, key);
        return stored == null ? null : Keys.setAside(month, key, stored);
    }

    @Override
    public void forEachQuarantined(@Nullable InstitutionCode clinic, Predicate<SetAside> visitor) {
        byte[] prefix = clinic == null ? new byte[] {Keys.QUARANTINE} : Keys.prefix(Keys.QUARANTINE, clinic);
        AtomicBoolean more = new AtomicBoolean(true);
        for (TreatmentMonth month : store.months().keySet()) {
            if (more.get()) {
                int damaged = store.scanWhole(month, prefix, (key, value) -> {
                    more.set(visitor.test(Keys.setAside(month, key, value)));
                    return more.get();
                });
                if (damaged > 0) {
                    LOG.error("{} rows in quarantine of month {} are damaged", damaged, month);
                }
            }
        }
    }

    @Override
    public List<WorkItem> worklist(@Nullable WorkItem after, int itemsMax) {
        List<WorkItem> items = new ArrayList<>();
        for (TreatmentMonth month : monthsFrom(after == null ? null : after.month())) {
            if (items.size() < itemsMax) {
                byte[] prefix = {Keys.WORK_ITEM};
                byte[] from = after != null && after.month().equals(month) ? behind(Keys.workItem(after)) : prefix;
                store.scan(month, prefix, from, (key, value) -> {
                    items.add(Keys.workItem(key, value));
                    return items.size() < itemsMax;
                });
            }
        }
        return items;
    }

    @Override
    public List<Question> questions(@Nullable Question after, int questionsMax) {
        List<Question> questions = new ArrayList<>();
        for (TreatmentMonth month : monthsFrom(after == null ? null : after.month())) {
            if (questions.size() < questionsMax) {
                byte[] prefix = {Keys.QUESTION};
                byte[] from = after != null && after.month().equals(month) ? behind(Keys.question(after)) : prefix;
                store.scan(month, prefix, from, (key, value) -> {
                    questions.add(Keys.question(month, key, value));
                    return questions.size() < questionsMax;
                });
            }
        }
        return questions;
    }

    @Override
    public @Nullable TreatmentMonth closedThrough() {
        return heads.closedThrough();
    }

    @Override
    public CompletableFuture<CommitResult> commit(Commit commit) {
        return committer.commit(commit);
    }

    @Override
    public CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month) {
        return closer.close(month);
    }

    @Override
    public List<ClosedMonth> closedMonths() {
        List<ClosedMonth> closed = new ArrayList<>();
        byte[] prefix = {Keys.REMAINS};
        store.scan(null, prefix, prefix, (_, value) -> {
            ClosedMonth month = JournalCodec.decodeClosedMonth(value);
            if (keys.isDestroyed(month.month())) {
                closed.add(month);
            }
            return true;
        });
        return closed;
    }

    @Override
    public @Nullable KeyPair exportKeys(TreatmentMonth month) {
        TreatmentMonth through = closedThrough();
        boolean isClosed = through != null && month.compareTo(through) <= 0;
        SealingKey key = isClosed ? null : keys.of(month);
        return key == null ? null : key.exportKeys();
    }

    @Override
    public void close() {
        try {
            closer.close();
        } finally {
            committer.stop();
            store.flush();
            store.close();
        }
    }

    private Collection<TreatmentMonth> monthsFrom(@Nullable TreatmentMonth first) {
        return first == null
                ? store.months().keySet()
                : store.months().tailMap(first, true).keySet();
    }

    /// The smallest key behind this one.
    private static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static Incarnation beginLife(Store store, LifeFile file, RandomGenerator random)
            throws IOException, RocksDBException {
        byte[] old = store.get(null, Keys.LIFE);
        byte[] incarnation = store.get(null, Keys.INCARNATION);
        UUID life = randomId(random);
        byte[] current = Ids.bytes(randomId(random));
        if (old != null && incarnation != null && file.names(Ids.fromBytes(old))) {
            file.write(List.of(Ids.fromBytes(old), life));
            current = incarnation;
        } else {
            file.write(List.of(life));
        }
        try (WriteBatch batch = new WriteBatch()) {
            store.stage(batch, new Row(null, Keys.LIFE, Ids.bytes(life)));
            store.stage(batch, new Row(null, Keys.INCARNATION, current));
            store.write(batch);
        }
        file.write(List.of(life));
        return new Incarnation(Ids.fromBytes(current));
    }

    static void findKeys(Store store, MonthKeys keys) throws IOException {
        for (TreatmentMonth month : store.months().keySet()) {
            if (keys.find(month) == null && !keys.isDestroyed(month)) {
                throw new IOException(
                        "the key of month " + month + " is missing: put the folder of month keys back that"
                                + " belongs to this store; without it the month cannot be read");
            }
        }
    }

    /// A crash may have come between closing a month and destroying its key, or a backup from before may have been
    /// put back.
    private void goOnClosing() throws RocksDBException {
        TreatmentMonth marked = heads.closedThrough();
        TreatmentMonth destroyed = keys.destroyedThrough();
        TreatmentMonth through =
                marked == null || destroyed != null && destroyed.compareTo(marked) > 0 ? destroyed : marked;
        if (through != null) {
            committer.hideNow(through);
            var _ = closer.close(through);
        }
    }

    private static UUID randomId(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
