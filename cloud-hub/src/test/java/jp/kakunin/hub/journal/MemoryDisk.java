package jp.kakunin.hub.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// What a crash leaves.
final class MemoryDisk {
    final Map<InstitutionCode, Head> heads = new HashMap<>();
    final Map<StreamId, StreamState> streams = new HashMap<>();
    final Map<PatientMonth, Summary> summaries = new HashMap<>();
    final Map<ClinicMonth, List<Positioned>> facts = new HashMap<>();
    final Map<Place<Commit.AttachmentKey>, byte[]> attachments = new HashMap<>();
    final Map<Place<Commit.QuarantineKey>, SetAside> quarantine = new HashMap<>();
    final NavigableMap<WorkItem, WorkItem> worklist = new TreeMap<>();
    final NavigableMap<Question, Question> questions = new TreeMap<>();

    final NavigableMap<TreatmentMonth, ClosedMonth> closed = new TreeMap<>();

    @Nullable
    TreatmentMonth closedThrough;

    record ClinicMonth(InstitutionCode clinic, TreatmentMonth month) {}

    record Place<K>(InstitutionCode clinic, K key) {}

    MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk();
        copy.heads.putAll(heads);
        copy.streams.putAll(streams);
        copy.summaries.putAll(summaries);
        facts.forEach((key, list) -> copy.facts.put(key, new ArrayList<>(list)));
        copy.attachments.putAll(attachments);
        copy.quarantine.putAll(quarantine);
        copy.worklist.putAll(worklist);
        copy.questions.putAll(questions);
        copy.closed.putAll(closed);
        copy.closedThrough = closedThrough;
        return copy;
    }

    Set<TreatmentMonth> months() {
        Set<TreatmentMonth> months = new TreeSet<>();
        summaries.keySet().forEach(key -> months.add(key.month()));
        facts.keySet().forEach(key -> months.add(key.month()));
        attachments.keySet().forEach(place -> months.add(place.key().month()));
        quarantine.keySet().forEach(place -> months.add(place.key().month()));
        worklist.keySet().forEach(item -> months.add(item.month()));
        questions.keySet().forEach(question -> months.add(question.month()));
        return months;
    }

    Head head(InstitutionCode clinic) {
        Head head = heads.getOrDefault(clinic, Head.EMPTY);
        var tips = new TreeMap<>(head.tips());
        tips.keySet().removeIf(this::isClosed);
        return new Head(head.revision(), tips);
    }

    CommitResult write(Commit commit) {
        for (TreatmentMonth month : commit.months()) {
            if (isClosed(month)) {
                return new CommitResult.MonthClosed(month);
            }
        }
        Head actual = head(commit.clinic());
        if (!actual.equals(commit.expected())) {
            return new CommitResult.Conflict(actual);
        }
        InstitutionCode clinic = commit.clinic();
        commit.entries()
                .forEach(entry -> facts.computeIfAbsent(new ClinicMonth(clinic, entry.month()), _ -> new ArrayList<>())
                        .add(new Positioned(entry.position(), entry.entry())));
        summaries.putAll(commit.summaries());
        streams.putAll(commit.streams());
        commit.attachments().put().forEach((key, value) -> attachments.put(new Place<>(clinic, key), value));
        commit.attachments().removed().forEach(key -> attachments.remove(new Place<>(clinic, key)));
        commit.quarantine().put().forEach((key, value) -> quarantine.put(new Place<>(clinic, key), value));
        write(worklist, commit.worklist());
        write(questions, commit.questions());
        heads.put(clinic, commit.next());
        return new CommitResult.Committed(commit.next());
    }

    void close(TreatmentMonth month) {
        facts.keySet().stream()
                .map(ClinicMonth::month)
                .filter(each -> each.compareTo(month) <= 0)
                .forEach(each -> closed.computeIfAbsent(each, this::remains));
        if (closedThrough == null || closedThrough.compareTo(month) < 0) {
            closedThrough = month;
        }
        summaries.keySet().removeIf(key -> isClosed(key.month()));
        facts.keySet().removeIf(key -> isClosed(key.month()));
        attachments.keySet().removeIf(place -> isClosed(place.key().month()));
        quarantine.keySet().removeIf(place -> isClosed(place.key().month()));
        worklist.keySet().removeIf(item -> isClosed(item.month()));
        questions.keySet().removeIf(question -> isClosed(question.month()));
    }

    private ClosedMonth remains(TreatmentMonth month) {
        ClosedMonth remains = ClosedMonth.begin(month, Digest.ZERO);
        for (Map.Entry<InstitutionCode, Head> each : new TreeMap<>(heads).entrySet()) {
            Head.Tip tip = each.getValue().tips().get(month);
            if (tip != null) {
                remains = remains.plus(each.getKey().digits(), tip);
            }
        }
        SortedMap<String, Long> standings = new TreeMap<>();
        summaries.forEach((key, summary) -> {
            if (key.month().equals(month)) {
                summary.visits()
                        .forEach(visit -> standings.merge(visit.standing().word(), 1L, Long::sum));
            }
        });
        return remains.counted(standings);
    }

    private boolean isClosed(TreatmentMonth month) {
        return closedThrough != null && month.compareTo(closedThrough) <= 0;
    }

    /// The key is the row: it must not keep an older value's fields.
    private static <R> void write(NavigableMap<R, R> rows, Commit.Changes<R, R> changes) {
        changes.removed().forEach(rows::remove);
        changes.put().forEach((key, value) -> {
            rows.remove(key);
            rows.put(key, value);
        });
    }
}
