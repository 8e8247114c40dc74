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

/// A clinic as the journal holds it. A month is closed when the law says so, even if the journal has not dropped it
/// yet.
record JournalView(Journal journal, InstitutionCode clinic, Head head, Instant now) implements ClinicView {
    @Override
    public @Nullable StreamState stream(StreamId stream) {
        return journal.stream(stream);
    }

    @Override
    public Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted) {
        return journal.summaries(wanted);
    }

    @Override
    public @Nullable SetAside quarantined(TreatmentMonth month, Digest content) {
        return journal.quarantined(clinic, month, content);
    }

    @Override
    public boolean hasEvidence(TreatmentMonth month, CheckId check) {
        return journal.attachment(clinic, month, check) != null;
    }

    @Override
    public boolean isClosed(TreatmentMonth month) {
        TreatmentMonth through = journal.closedThrough();
        return month.isClosedAt(now) || through != null && month.compareTo(through) <= 0;
    }
}
