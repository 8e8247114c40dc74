package jp.kakunin.hub.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.SealingKey;
import jp.kakunin.keys.UnsealableException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/// The rows of a journal that nobody writes to, as they lie there. Reads only, and takes a row that makes no sense for
/// what it is: a row without a value.
///
/// Every method throws a [JournalBrokenException] when the disk itself cannot be read.
public final class JournalImage implements AutoCloseable {
    private final Store store;
    private final Heads heads;
    private final MonthKeys keys;

    private JournalImage(Store store, MonthKeys keys) {
        this.store = store;
        this.keys = keys;
        this.heads = new Heads(store);
    }

    /// @param directory of a journal that is not open, or of a copy of one
    /// @param keys of the months; read and never changed
    /// @throws IOException with the reason
    public static JournalImage open(Path directory, MonthKeys keys) throws IOException {
        Path database = directory.resolve(RocksJournal.DATABASE);
        if (!Files.isDirectory(database)) {
            throw new IOException("there is no journal in " + directory);
        }
        try {
            Store store = Store.openReadOnly(database, keys);
            try {
                RocksJournal.findKeys(store, keys);
                return new JournalImage(store, keys);
            } catch (IOException | RuntimeException e) {
                store.close();
                throw e;
            }
        } catch (RocksDBException e) {
            throw new IOException("journal " + directory + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /// A row and what it says, if it can be understood.
    @FunctionalInterface
    public interface Visitor<K, V> {
        void see(K key, @Nullable V value);
    }

    /// The months that are stored, closed ones among them when dropping them is not finished.
    public NavigableSet<TreatmentMonth> months() {
        return new TreeSet<>(store.months().keySet());
    }

    /// Also those whose keys are destroyed, if the journal is an older one that was put back.
    public @Nullable TreatmentMonth closedThrough() {
        TreatmentMonth marked = heads.closedThrough();
        TreatmentMonth destroyed = keys.destroyedThrough();
        return marked == null || destroyed != null && destroyed.compareTo(marked) > 0 ? destroyed : marked;
    }

    /// Every clinic that has any row.
    public NavigableSet<InstitutionCode> clinics() {
        NavigableSet<InstitutionCode> clinics = new TreeSet<>();
        addClinics(null, Keys.HEAD, clinics);
        addClinics(null, Keys.STREAM, clinics);
        for (TreatmentMonth month : store.months().keySet()) {
            for (byte kind : new byte[] {Keys.BLOCK, Keys.SUMMARY, Keys.ATTACHMENT, Keys.QUARANTINE, Keys.WORK_ITEM}) {
                addClinics(month, kind, clinics);
            }
        }
        return clinics;
    }

    /// One step for each clinic, over all its rows.
    private void addClinics(@Nullable TreatmentMonth month, byte kind, NavigableSet<InstitutionCode> clinics) {
        byte[] key = firstKey(month, kind, new byte[] {kind});
        while (key != null) {
            InstitutionCode clinic = Keys.clinicOf(key);
            clinics.add(clinic);
            key = firstKey(month, kind, Keys.behindAll(kind, clinic));
        }
    }

    private byte @Nullable [] firstKey(@Nullable TreatmentMonth month, byte kind, byte[] from) {
        AtomicReference<byte @Nullable []> found = new AtomicReference<>();
        store.scanSealed(month, new byte[] {kind}, from, (key, _) -> {
            found.set(key);
            return false;
        });
        return found.get();
    }

    /// Null when it cannot be understood.
    public @Nullable Head head(InstitutionCode clinic) {
        return understood(clinic, heads::of);
    }

    public void streams(InstitutionCode clinic, Visitor<StreamId, StreamState> visitor) {
        rows(null, Keys.STREAM, clinic, Keys::streamOf, JournalCodec::decodeStreamState, visitor);
    }

    /// The blocks by their last positions, in order.
    public void blocks(InstitutionCode clinic, TreatmentMonth month, Visitor<Long, JournalBlock> visitor) {
        rows(month, Keys.BLOCK, clinic, Keys::lastOfBlock, JournalCodec::decodeBlock, visitor);
    }

    public void summaries(InstitutionCode clinic, TreatmentMonth month, Visitor<PatientId, Summary> visitor) {
        SealingKey sealing = keys.find(month);
        if (sealing != null) {
            rows(
                    month,
                    Keys.SUMMARY,
                    clinic,
                    name -> new PatientId(sealing.reveal(Keys.hiddenPatientOfSummary(name))),
                    JournalCodec::decodeSummary,
                    visitor);
        }
    }

    public void attachments(InstitutionCode clinic, TreatmentMonth month, Visitor<CheckId, byte[]> visitor) {
        rows(month, Keys.ATTACHMENT, clinic, Keys::checkOfAttachment, bytes -> bytes, visitor);
    }

    public void quarantine(InstitutionCode clinic, TreatmentMonth month, Visitor<Digest, SetAside> visitor) {
        byte[] prefix = Keys.prefix(Keys.QUARANTINE, clinic);
        store.scanSealed(month, prefix, prefix, (key, value) -> {
            visitor.see(
                    Keys.contentOfQuarantine(key),
                    understood(month, key, value, bytes -> Keys.setAside(month, key, bytes)));
            return true;
        });
    }

    public void worklist(InstitutionCode clinic, TreatmentMonth month, Visitor<InstitutionCode, WorkItem> visitor) {
        byte[] prefix = Keys.prefix(Keys.WORK_ITEM, clinic);
        store.scanSealed(month, prefix, prefix, (key, value) -> {
            visitor.see(clinic, understood(month, key, value, bytes -> Keys.workItem(key, bytes)));
            return true;
        });
    }

    /// The questions of all clinics, in the order in which they are asked.
    public void questions(TreatmentMonth month, Visitor<InstitutionCode, Question> visitor) {
        byte[] prefix = {Keys.QUESTION};
        store.scanSealed(month, prefix, prefix, (key, value) -> {
            visitor.see(
                    Keys.clinicOfQuestion(key),
                    understood(month, key, value, bytes -> Keys.question(month, key, bytes)));
            return true;
        });
    }

    public boolean holds(Question question) {
        byte[] key = Keys.question(question);
        AtomicBoolean held = new AtomicBoolean();
        store.scanSealed(question.month(), key, key, (_, value) -> {
            held.set(question.equals(
                    understood(question.month(), key, value, bytes -> Keys.question(question.month(), key, bytes))));
            return false;
        });
        return held.get();
    }

    private <K, V> void rows(
            @Nullable TreatmentMonth month,
            byte kind,
            InstitutionCode clinic,
            Function<byte[], K> keyOf,
            Function<byte[], V> valueOf,
            Visitor<K, V> visitor) {
        byte[] prefix = Keys.prefix(kind, clinic);
        store.scanSealed(month, prefix, prefix, (key, value) -> {
            visitor.see(keyOf.apply(key), understood(month, key, value, valueOf));
            return true;
        });
    }

    private <V> @Nullable V understood(
            @Nullable TreatmentMonth month, byte[] name, byte[] value, Function<byte[], V> reading) {
        byte[] opened = opened(month, name, value);
        return opened == null ? null : understood(opened, reading);
    }

    private byte @Nullable [] opened(@Nullable TreatmentMonth month, byte[] name, byte[] value) {
        if (month == null) {
            return value;
        }
        SealingKey key = keys.find(month);
        try {
            return key == null ? null : Packed.unpack(key.open(name, value));
        } catch (UnsealableException | IllegalArgumentException _) {
            return null;
        }
    }

    private static <T, V> @Nullable V understood(T value, Function<T, V> reading) {
        try {
            return reading.apply(value);
        } catch (JournalBrokenException e) {
            throw e;
        } catch (RuntimeException _) {
            // Malformed, in one of the many ways there are.
            return null;
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
