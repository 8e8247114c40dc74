package jp.kakunin.hub.journal;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;

/// All that changes in one clinic by one decision; taken as a whole, and only while the clinic still has the expected
/// head. Made by a [Draft].
///
/// @param next the head afterwards, with the positions and chain hashes of the entries
public record Commit(
        InstitutionCode clinic,
        Head expected,
        Head next,
        List<Entry> entries,
        Map<PatientMonth, Summary> summaries,
        Map<StreamId, StreamState> streams,
        Changes<AttachmentKey, byte[]> attachments,
        Changes<QuarantineKey, SetAside> quarantine,
        Changes<WorkItem, WorkItem> worklist,
        Changes<Question, Question> questions) {

    public Commit {
        entries = List.copyOf(entries);
        summaries = Map.copyOf(summaries);
        streams = Map.copyOf(streams);
    }

    /// A fact and where it goes.
    public record Entry(TreatmentMonth month, long position, JournalEntry entry) {}

    public record AttachmentKey(TreatmentMonth month, CheckId check) {}

    /// The month of receipt and the digest of the bytes set aside.
    public record QuarantineKey(TreatmentMonth month, Digest content) {}

    /// Rows to write and rows to remove; no row is both.
    public record Changes<K, V>(Map<K, V> put, Set<K> removed) {
        public Changes {
            put = Map.copyOf(put);
            removed = Set.copyOf(removed);
        }

        public boolean isEmpty() {
            return put.isEmpty() && removed.isEmpty();
        }
    }

    /// Every month it writes to.
    public Set<TreatmentMonth> months() {
        Set<TreatmentMonth> months = new TreeSet<>();
        entries.forEach(entry -> months.add(entry.month()));
        summaries.keySet().forEach(key -> months.add(key.month()));
        attachments.put().keySet().forEach(key -> months.add(key.month()));
        quarantine.put().keySet().forEach(key -> months.add(key.month()));
        worklist.put().keySet().forEach(item -> months.add(item.month()));
        questions.put().keySet().forEach(question -> months.add(question.month()));
        return months;
    }
}
