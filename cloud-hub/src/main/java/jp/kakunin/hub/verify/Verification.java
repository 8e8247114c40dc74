package jp.kakunin.hub.verify;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.JournalBrokenException;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Head.Tip;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// Goes through a journal clinic by clinic and month by month, and compares what is kept with what the facts say. Holds
/// the facts of one clinic-month and of the month behind it, and no more.
public final class Verification {
    private final JournalImage image;
    private final Instant now;
    private final Progress progress;
    private final Findings findings;
    private final QuestionRows questions;
    private long facts;

    /// Called after each clinic.
    @FunctionalInterface
    public interface Progress {
        void at(int clinics, int clinicsInAll, long facts);
    }

    /// @param now tells which months are closed: what follows from their facts is kept up to date no longer
    public Verification(JournalImage image, Instant now, Consumer<Difference> listener, Progress progress) {
        this.image = image;
        this.now = now;
        this.progress = progress;
        findings = new Findings(listener);
        questions = new QuestionRows(image, findings);
    }

    public Findings run() {
        for (TreatmentMonth month : image.months()) {
            questions.count(month);
        }
        NavigableSet<InstitutionCode> clinics = image.clinics();
        int done = 0;
        for (InstitutionCode clinic : clinics) {
            try {
                verify(clinic);
            } catch (JournalBrokenException e) {
                findings.found(new Difference(Check.DISK, clinic, null, 0, "rows cannot be read from the disk"));
            }
            progress.at(++done, clinics.size(), facts);
        }
        return findings;
    }

    private void verify(InstitutionCode clinic) {
        Head head = image.head(clinic);
        if (head == null) {
            findings.found(new Difference(Check.HEAD, clinic, null, 0, "cannot be read"));
            head = Head.EMPTY;
        }
        Map<StreamId, SortedSet<Long>> came = new HashMap<>();
        @Nullable ClinicMonth before = null;
        for (TreatmentMonth month : image.months()) {
            if (isDropped(month)) {
                continue;
            }
            ClinicMonth read = read(clinic, month, came);
            compare(head, read);
            if (before != null) {
                derived(before, before.month.next().equals(month) ? read.facts : List.of());
            }
            before = read;
        }
        if (before != null) {
            derived(before, List.of());
        }
        for (Map.Entry<TreatmentMonth, Tip> tip : head.tips().entrySet()) {
            if (!image.months().contains(tip.getKey()) && !isDropped(tip.getKey())) {
                findings.found(new Difference(Check.HEAD, clinic, tip.getKey(), 0, "names a month that is not there"));
            }
        }
        streams(clinic, came);
    }

    private boolean isDropped(TreatmentMonth month) {
        TreatmentMonth through = image.closedThrough();
        return through != null && month.compareTo(through) <= 0;
    }

    private ClinicMonth read(InstitutionCode clinic, TreatmentMonth month, Map<StreamId, SortedSet<Long>> came) {
        Set<Digest> taken = new HashSet<>();
        image.quarantine(clinic, month, (content, setAside) -> {
            if (setAside != null && setAside.isTaken()) {
                taken.add(content);
            }
        });
        ClinicMonth read = new ClinicMonth(clinic, month, taken, findings);
        image.blocks(clinic, month, (last, block) -> {
            read.see(last, block);
            for (JournalEntry entry : block == null ? List.<JournalEntry>of() : block.entries()) {
                facts++;
                Origin origin = entry.origin();
                if (origin != null && (taken.isEmpty() || read.counts(entry))) {
                    came.computeIfAbsent(new StreamId(origin.device(), origin.epoch(), clinic), _ -> new TreeSet<>())
                            .add(origin.seq());
                }
            }
        });
        return read;
    }

    private void compare(Head head, ClinicMonth read) {
        Tip said = head.tip(read.month);
        if (read.tip().equals(Tip.START) && said.equals(Tip.START)) {
            return;
        }
        findings.examined(Check.HEAD);
        if (!said.equals(read.tip())) {
            read.found(
                    Check.HEAD,
                    read.tip().position(),
                    said.position() == read.tip().position()
                            ? "names another chain hash for the last position"
                            : "names position " + said.position() + " as the last one");
        }
    }

    private void derived(ClinicMonth month, List<EncodedFact> following) {
        if (!month.month.isClosedAt(now)) {
            new DerivedRows(image, questions, findings, month, following).compare();
        }
    }

    /// @param came the numbers under which facts came; what was set aside twice stands there once
    private void streams(InstitutionCode clinic, Map<StreamId, SortedSet<Long>> came) {
        image.streams(clinic, (stream, state) -> {
            findings.examined(Check.STREAM);
            SortedSet<Long> there = came.remove(stream);
            String what = null;
            if (state == null) {
                what = "its state cannot be read";
            } else if (state.position().seq() != state.tally().sum()) {
                what = "has come to " + state.position().seq() + " but counts "
                        + state.tally().sum() + " facts";
            } else if (there != null
                    && (there.size() > state.tally().stored() + state.tally().quarantined()
                            || there.last() > state.position().seq())) {
                what = "more facts are there than it counts as taken";
            }
            if (what != null) {
                found(stream, what);
            }
        });
        came.keySet().forEach(stream -> found(stream, "facts are there, its state is not"));
    }

    private void found(StreamId stream, String what) {
        String named = "stream of device " + stream.device() + ", epoch " + stream.epoch();
        findings.found(new Difference(Check.STREAM, stream.clinic(), null, 0, named + ": " + what));
    }
}
