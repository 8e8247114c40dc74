package jp.kakunin.edge.desk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Proof;
import org.jspecify.annotations.Nullable;

/// A visit in the local API.
final class VisitJson {
    private VisitJson() {}

    static JsonObject of(DeskVisit visit, Texts texts) {
        VisitStanding judged = visit.judged();
        Proof proof = judged.proof();
        boolean confirmed = judged.standing() instanceof Standing.Confirmed;
        JsonArray notices = new JsonArray();
        judged.notices().stream().sorted().forEach(notice -> notices.add(notice.name()));
        return new JsonObject()
                .put("visit", judged.visit().toString())
                .put("clinic", visit.clinic().digits())
                .put("patient", judged.patient().toString())
                .put("patientName", visit.name())
                .put("kind", judged.kind().name())
                .put("treatmentDate", judged.treatmentDate().toString())
                .put("standing", judged.standing().word())
                .put("standingText", texts.text(VisitRow.standingKey(visit)))
                .put("by", judged.standing() instanceof Standing.Confirmed(Standing.By by) ? by.name() : null)
                .put("asOf", text(proof == null ? null : proof.asOf()))
                .put("due", judged.month().due().toString())
                .put("filing", visit.filing().toString())
                .put("closes", judged.month().closes().toString())
                .put("dueState", visit.due().name())
                .put("deadline", confirmed ? null : visit.deadline().kind().name())
                .put("stage", confirmed ? null : visit.deadline().stage().name())
                .put("proofNumber", text(proof == null ? null : proof.number()))
                .put("sent", visit.sent())
                .put("coverage", proof == null || proof.coverage() == null ? null : coverage(proof.coverage()))
                .put("denial", visit.denial() == null ? null : visit.denial().toString())
                .put("notices", notices)
                .put("nextStep", texts.text(visit.next().key()))
                .put("checks", checks(visit));
    }

    private static JsonArray checks(DeskVisit visit) {
        JsonArray checks = new JsonArray();
        for (Fact.CheckRecorded check : visit.checks()) {
            checks.add(new JsonObject()
                    .put("fact", check.id().toString())
                    .put("check", check.check().toString())
                    .put("capturedAt", check.envelope().capturedAt().toString())
                    .put("answered", visit.numbers().containsKey(check.check()))
                    .put("proofNumber", text(visit.numbers().get(check.check()))));
        }
        return checks;
    }

    private static JsonObject coverage(Coverage coverage) {
        return new JsonObject()
                .put("insurer", coverage.insurer().digits())
                .put("symbol", coverage.symbol())
                .put("number", coverage.number())
                .put("branch", coverage.branch())
                .put("copayPercent", coverage.copayPercent())
                .put("from", coverage.from().toString())
                .put("until", text(coverage.until()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
