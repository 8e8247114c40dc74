package jp.kakunin.hub.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.keys.SealingKey;
import org.jspecify.annotations.Nullable;

/// One row to write, or to delete when it has no value. Without a month it belongs to what outlives months; what
/// belongs to a month is sealed already.
record Row(@Nullable TreatmentMonth month, byte[] key, byte @Nullable [] value) {

    /// Everything of a commit but the head. Made and sealed by the caller of the journal, so that the one committer
    /// only writes.
    ///
    /// @param keys those of all months the commit writes to
    static List<Row> of(Commit commit, Map<TreatmentMonth, SealingKey> keys) {
        return rows(commit, keys).stream().map(row -> row.sealed(keys)).toList();
    }

    private Row sealed(Map<TreatmentMonth, SealingKey> keys) {
        return month == null || value == null
                ? this
                : new Row(month, key, key(keys, month).seal(key, Packed.pack(value)));
    }

    private static SealingKey key(Map<TreatmentMonth, SealingKey> keys, TreatmentMonth month) {
        return Objects.requireNonNull(keys.get(month));
    }

    private static List<Row> rows(Commit commit, Map<TreatmentMonth, SealingKey> keys) {
        List<Row> rows = new ArrayList<>();
        var clinic = commit.clinic();
        commit.entries().stream()
                .collect(Collectors.groupingBy(Commit.Entry::month))
                .forEach((month, entries) -> rows.add(new Row(
                        month, Keys.block(clinic, entries.getLast().position()), block(commit, month, entries))));
        commit.summaries()
                .forEach((key, summary) -> rows.add(new Row(
                        key.month(),
                        Keys.summary(
                                clinic,
                                key(keys, key.month()).hide(key.patient().value())),
                        JournalCodec.encode(summary))));
        commit.streams()
                .forEach((stream, state) -> rows.add(new Row(null, Keys.stream(stream), JournalCodec.encode(state))));
        add(
                rows,
                commit.attachments(),
                Commit.AttachmentKey::month,
                key -> Keys.attachment(clinic, key.check()),
                b -> b);
        add(
                rows,
                commit.quarantine(),
                Commit.QuarantineKey::month,
                key -> Keys.quarantine(clinic, key.content()),
                Keys::value);
        add(rows, commit.worklist(), WorkItem::month, Keys::workItem, Keys::value);
        add(rows, commit.questions(), Question::month, Keys::question, Keys::value);
        return rows;
    }

    private static byte[] block(Commit commit, TreatmentMonth month, List<Commit.Entry> entries) {
        return JournalCodec.encode(new JournalBlock(
                commit.next().tip(month).chain(),
                entries.stream().map(Commit.Entry::entry).toList()));
    }

    static int bytes(List<Row> rows) {
        return rows.stream().mapToInt(Row::bytes).sum();
    }

    private int bytes() {
        return key.length + (value == null ? 0 : value.length);
    }

    private static <K, V> void add(
            List<Row> rows,
            Commit.Changes<K, V> changes,
            Function<K, TreatmentMonth> month,
            Function<K, byte[]> key,
            Function<V, byte[]> value) {
        changes.put().forEach((k, v) -> rows.add(new Row(month.apply(k), key.apply(k), value.apply(v))));
        changes.removed().forEach(k -> rows.add(new Row(month.apply(k), key.apply(k), null)));
    }
}
