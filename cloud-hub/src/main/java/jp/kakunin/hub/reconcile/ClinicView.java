package jp.kakunin.hub.reconcile;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;

/// What a clinic holds at one head and one instant, as far as a decision asks.
public interface ClinicView {
    InstitutionCode clinic();

    Head head();

    Instant now();

    @Nullable
    StreamState stream(StreamId stream);

    /// Those that are empty are left out.
    Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted);

    @Nullable
    SetAside quarantined(TreatmentMonth month, Digest content);

    /// Whether the sealed evidence of a check is kept.
    boolean hasEvidence(TreatmentMonth month, CheckId check);

    boolean isClosed(TreatmentMonth month);

    /// Reads the head at once and the rest when asked: whatever changes in between makes the commit conflict.
    static ClinicView of(Journal journal, InstitutionCode clinic, Instant now) {
        return new JournalView(journal, clinic, journal.head(clinic), now);
    }
}
