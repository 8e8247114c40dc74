package jp.kakunin.hub.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding;
import org.jspecify.annotations.Nullable;

/// A visit as JSON, in two views: the clinic's own with name and coverage, and the operator's with neither.
public final class VisitJson {
    private VisitJson() {}

    public static JsonObject forOperator(InstitutionCode clinic, VisitLine line, LocalDate today, int filingDay) {
        VisitStanding visit = line.visit();
        DueState dueState = DueState.of(visit, today, filingDay);
        var json = new JsonObject()
                .put("visit", visit.visit().toString())
                .put("clinic", clinic.digits())
                .put("patient", visit.patient().toString())
                .put("kind", visit.kind().name())
                .put("treatmentDate", visit.treatmentDate().toString())
                .put("standing", visit.standing().word());
        if (visit.standing() instanceof Standing.Confirmed(Standing.By by)) {
            json.put("by", by.name());
        }
        if (visit.proof() != null) {
            json.put("asOf", visit.proof().asOf().toString());
            if (visit.proof().number() != null) {
                json.put("proofNumber", visit.proof().number().toString());
            }
        }
        json.put("dueState", dueState.name());
        if (dueState != DueState.NOT_OWED) {
            json.put("due", visit.month().due().toString());
        }
        if (!(visit.standing() instanceof Standing.Confirmed)) {
            json.put("filing", visit.month().filing(filingDay).toString())
                    .put("closes", visit.month().closes().toString());
        }
        var notices = new JsonArray();
        visit.notices().stream().map(Enum::name).sorted().forEach(notices::add);
        return json.put("notices", notices);
    }

    public static JsonObject forClinic(InstitutionCode clinic, VisitLine line, LocalDate today, int filingDay) {
        JsonObject json = forOperator(clinic, line, today, filingDay);
        if (line.patientName() != null) {
            json.put("patientName", line.patientName());
        }
        VisitStanding.@Nullable Proof proof = line.visit().proof();
        if (proof != null && proof.coverage() != null) {
            json.put("coverage", coverage(proof.coverage()));
        }
        return json;
    }

    private static JsonObject coverage(Coverage coverage) {
        var json = new JsonObject()
                .put("insurer", coverage.insurer().digits())
                .put("symbol", coverage.symbol())
                .put("number", coverage.number())
                .put("branch", coverage.branch())
                .put("copayPercent", coverage.copayPercent())
                .put("from", coverage.from().toString());
        if (coverage.until() != null) {
            json.put("until", coverage.until().toString());
        }
        return json;
    }
}
