package jp.kakunin.hub.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.Commit.Changes;
import jp.kakunin.hub.journal.Commit.QuarantineKey;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Head.Tip;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// A commit being put together: gives appended facts their position and chain hash; the last word about a row wins.
public final class Draft {
    private final InstitutionCode clinic;
    private final Head expected;
    private final Map<TreatmentMonth, Tip> tips = new HashMap<>();
    private final List<Commit.Entry> entries = new ArrayList<>();
    private final Map<PatientMonth, Summary> summaries = new HashMap<>();
    private final Map<StreamId, StreamState> streams = new HashMap<>();
    private final Rows<AttachmentKey, byte[]> attachments = new Rows<>(new HashMap<>(), new HashSet<>());
    private final Rows<QuarantineKey, SetAside> quarantine = new Rows<>(new HashMap<>(), new HashSet<>());
    private final Rows<WorkItem, WorkItem> worklist = new Rows<>(new TreeMap<>(), new TreeSet<>());
    private final Rows<Question, Question> questions = new Rows<>(new TreeMap<>(), new TreeSet<>());

    public Draft(InstitutionCode clinic, Head expected) {
        this.clinic = clinic;
        this.expected = expected;
    }

    public Draft append(TreatmentMonth month, Instant receivedAt, @Nullable Origin origin, byte[] fact) {
        Tip tip = tips.getOrDefault(month, expected.tip(month)).after(fact);
        tips.put(month, tip);
        entries.add(new Commit.Entry(month, tip.position(), new JournalEntry(receivedAt, origin, fact)));
        return this;
    }

    /// The position of the fact that was appended last to this month.
    public long position(TreatmentMonth month) {
        return tips.getOrDefault(month, expected.tip(month)).position();
    }

    public Draft summary(PatientMonth key, Summary summary) {
        summaries.put(key, summary);
        return this;
    }

    public Draft stream(StreamId stream, StreamState state) {
        streams.put(stream, state);
        return this;
    }

    public Draft attach(AttachmentKey key, byte[] sealed) {
        attachments.put(key, sealed);
        return this;
    }

    public Draft detach(AttachmentKey key) {
        attachments.remove(key);
        return this;
    }

    public Draft setAside(SetAside setAside) {
        quarantine.put(setAside.key(), setAside);
        return this;
    }

    public Draft owe(WorkItem item) {
        worklist.put(item, item);
        return this;
    }

    public Draft settle(WorkItem item) {
        worklist.remove(item);
        return this;
    }

    public Draft ask(Question question) {
        questions.put(question, question);
        return this;
    }

    public Draft dropQuestion(Question question) {
        questions.remove(question);
        return this;
    }

    public Commit commit() {
        return new Commit(
                clinic,
                expected,
                expected.next(tips),
                entries,
                summaries,
                streams,
                attachments.changes(),
                quarantine.changes(),
                worklist.changes(),
                questions.changes());
    }

    private static final class Rows<K, V> {
        private final Map<K, V> put;
        private final Set<K> removed;

        Rows(Map<K, V> put, Set<K> removed) {
            this.put = put;
            this.removed = removed;
        }

        void put(K key, V value) {
            removed.remove(key);
            put.put(key, value);
        }

        void remove(K key) {
            put.remove(key);
            removed.add(key);
        }

        Changes<K, V> changes() {
            return new Changes<>(put, removed);
        }
    }
}
