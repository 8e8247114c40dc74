package jp.kakunin.hub.console;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import jp.kakunin.domain.Deadline;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Forecast;
import jp.kakunin.domain.PatientId;
import jp.kakunin.hub.journal.WorkItem;

/// How open obligations are told: where they stand today, and about whom without telling who.
///
/// @param filingDay day of the month after on which claims are filed
record Worklist(LocalDate today, int filingDay) {
    static final int ITEMS_MAX = 1_000;

    private static final int PSEUDONYM_CHARACTERS = 8;

    DueState dueState(WorkItem item) {
        return DueState.of(item.month(), item.isOwed(), today, filingDay);
    }

    Deadline deadline(WorkItem item) {
        return Deadline.of(item.kind(), item.treatmentDate(), today, filingDay);
    }

    Forecast forecast(WorkItem item) {
        return Forecast.of(item.isOpen(), item.treatmentDate(), today, filingDay);
    }

    LocalDate filing(WorkItem item) {
        return item.month().filing(filingDay);
    }

    JsonObject json(WorkItem item) {
        Deadline deadline = deadline(item);
        return new JsonObject()
                .put("clinic", item.clinic().digits())
                .put("visit", item.visit().toString())
                .put("patient", item.patient().toString())
                .put("kind", item.kind().name())
                .put("treatmentDate", item.treatmentDate().toString())
                .put("standing", item.standing())
                .put("due", item.due().toString())
                .put("filing", filing(item).toString())
                .put("closes", item.month().closes().toString())
                .put("dueState", dueState(item).name())
                .put("deadline", deadline.kind().name())
                .put("stage", deadline.stage().name())
                .put("forecast", forecast(item).name());
    }

    /// The end of the patient id: enough to tell the patients of one clinic apart on a page.
    static String pseudonym(PatientId patient) {
        String text = patient.toString();
        return text.substring(text.length() - PSEUDONYM_CHARACTERS);
    }
}
