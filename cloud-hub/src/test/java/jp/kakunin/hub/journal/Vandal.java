package jp.kakunin.hub.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import jp.kakunin.keys.MonthKeys;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Changes single rows of a journal that is closed, behind the back of all rules.
public final class Vandal {
    private static final byte[] NOTHING = {};

    private final Path directory;
    private final MonthKeys keys;
    private final InstitutionCode clinic;
    private final TreatmentMonth month;

    /// @param keys of the months
    public Vandal(Path directory, MonthKeys keys, InstitutionCode clinic, TreatmentMonth month) {
        this.directory = directory;
        this.keys = keys;
        this.clinic = clinic;
        this.month = month;
    }

    /// @param last the position of the block's last fact
    public void block(long last, Function<JournalBlock, @Nullable JournalBlock> change) {
        change(month, Keys.block(clinic, last), value -> {
            JournalBlock block = change.apply(JournalCodec.decodeBlock(value));
            return block == null ? null : JournalCodec.encode(block);
        });
    }

    public void blockBytes(long last, byte[] garbage) {
        change(month, Keys.block(clinic, last), _ -> garbage);
    }

    public void firstSummary(Function<Summary, @Nullable Summary> change) {
        first(month, Keys.prefix(Keys.SUMMARY, clinic), value -> {
            Summary summary = change.apply(JournalCodec.decodeSummary(value));
            return summary == null ? null : JournalCodec.encode(summary);
        });
    }

    public void firstStream(Function<StreamState, @Nullable StreamState> change) {
        first(null, Keys.prefix(Keys.STREAM, clinic), value -> {
            StreamState state = change.apply(JournalCodec.decodeStreamState(value));
            return state == null ? null : JournalCodec.encode(state);
        });
    }

    public void head(Function<byte[], byte @Nullable []> change) {
        change(null, Keys.head(clinic), change);
    }

    public void firstWorkItem(Function<byte[], byte @Nullable []> change) {
        first(month, Keys.prefix(Keys.WORK_ITEM, clinic), change);
    }

    public void firstQuestion(Function<byte[], byte @Nullable []> change) {
        first(month, new byte[] {Keys.QUESTION}, change);
    }

    public void ask(Question question) {
        change(question.month(), Keys.question(question), _ -> Keys.value(question));
    }

    public void owe(WorkItem item) {
        change(item.month(), Keys.workItem(item), _ -> Keys.value(item));
    }

    public void firstAttachment(Function<byte[], byte @Nullable []> change) {
        first(month, Keys.prefix(Keys.ATTACHMENT, clinic), change);
    }

    public void attach(CheckId check, byte[] sealed) {
        change(month, Keys.attachment(clinic, check), _ -> sealed);
    }

    public void firstQuarantined(Function<byte[], byte @Nullable []> change) {
        first(month, Keys.prefix(Keys.QUARANTINE, clinic), change);
    }

    private void first(@Nullable TreatmentMonth of, byte[] prefix, Function<byte[], byte @Nullable []> change) {
        byte[][] found = {{}};
        try (Store store = new Store(directory.resolve(RocksJournal.DATABASE), Durability.SYNC, keys)) {
            store.scanSealed(of, prefix, prefix, (key, _) -> {
                found[0] = key;
                return false;
            });
        } catch (IOException | RocksDBException e) {
            throw new AssertionError(e);
        }
        change(of, found[0], change);
    }

    private void change(@Nullable TreatmentMonth of, byte[] key, Function<byte[], byte @Nullable []> change) {
        try (Store store = new Store(directory.resolve(RocksJournal.DATABASE), Durability.SYNC, keys);
                WriteBatch batch = new WriteBatch()) {
            byte[] value = change.apply(Objects.requireNonNullElse(store.get(of, key), NOTHING));
            store.stage(batch, new Row(of, key, sealed(of, key, value)));
            store.write(batch);
        } catch (IOException | RocksDBException e) {
            throw new AssertionError(e);
        }
    }

    /// Puts bytes there that nothing sealed.
    public void unsealed(long last, byte[] garbage) {
        try (Store store = new Store(directory.resolve(RocksJournal.DATABASE), Durability.SYNC, keys);
                WriteBatch batch = new WriteBatch()) {
            store.stage(batch, new Row(month, Keys.block(clinic, last), garbage));
            store.write(batch);
        } catch (IOException | RocksDBException e) {
            throw new AssertionError(e);
        }
    }

    private byte @Nullable [] sealed(@Nullable TreatmentMonth of, byte[] key, byte @Nullable [] value) {
        return of == null || value == null
                ? value
                : Objects.requireNonNull(keys.find(of)).seal(key, Packed.pack(value));
    }
}
