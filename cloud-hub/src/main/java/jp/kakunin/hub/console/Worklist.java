package jp.kakunin.hub.console;

import java.time.LocalDate;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.WorkItem;

/// How open obligations are told: where they stand today, and about whom without telling who.
final class Worklist {
    static final int ITEMS_MAX = 1_000;

    private static final int PSEUDONYM_CHARACTERS = 8;

    private Worklist() {}

    /// Items of the worklist are owed, so only the date decides.
    static DueState dueState(WorkItem item, LocalDate today) {
        TreatmentMonth month = item.month();
        if (today.isAfter(month.closes())) {
            return DueState.CLOSED;
        }
        if (!today.isAfter(month.due())) {
            return DueState.BEFORE_DUE;
        }
        return today.isAfter(month.filing(DueState.FILING_DAY)) ? DueState.FILING_MISSED : DueState.OVERDUE;
    }

    /// The end of the patient id: enough to tell the patients of one clinic apart on a page.
    static String pseudonym(PatientId patient) {
        String text = patient.toString();
        return text.substring(text.length() - PSEUDONYM_CHARACTERS);
    }
}
