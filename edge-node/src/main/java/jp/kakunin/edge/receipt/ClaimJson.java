package jp.kakunin.edge.receipt;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence.Basis;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding;
import org.jspecify.annotations.Nullable;

/// A visit in the JSON of the receipt-computer API. Every key is always there; what is not known is null.
final class ClaimJson {
    /// Stands in names for a letter that the authority could not write.
    private static final char BLACK_DOT = '●';

    private ClaimJson() {}

    /// What tells a receipt computer that a visit is not as it was.
    static Digest digest(ClaimVisit visit) {
        return Digest.of(of(visit).encode().getBytes(StandardCharsets.UTF_8));
    }

    static JsonObject of(ClaimVisit visit) {
        VisitStanding judged = visit.judged();
        JsonArray notices = new JsonArray();
        judged.notices().stream().map(Enum::name).sorted().forEach(notices::add);
        return new JsonObject()
                .put("visit", judged.visit().toString())
                .put("clinic", visit.clinic().digits())
                .put("month", judged.month().toString())
                .put("treatmentDate", judged.treatmentDate().toString())
                .put("arrivedAt", visit.arrivedAt().toString())
                .put("kind", judged.kind().name())
                .put("standing", judged.standing().word())
                .put("by", judged.standing() instanceof Standing.Confirmed(Standing.By by) ? by.name() : null)
                .put("basis", basis(judged.standing()))
                .put("claimable", visit.isClaimable())
                .put("notices", notices)
                .put("due", judged.month().due().toString())
                .put("closes", judged.month().closes().toString())
                .put("answer", answer(visit.said()))
                .put("patient", patient(visit))
                .put("coverage", coverage(visit.coverage(), visit.particulars()))
                .put("address", address(visit.particulars()));
    }

    private static @Nullable String basis(Standing standing) {
        return standing instanceof Standing.Attested(Basis basis)
                ? basis instanceof Basis.Shown ? "EARLIER_RESULT" : "OWN_RECORD"
                : null;
    }

    private static @Nullable JsonObject answer(Fact.@Nullable AnswerReceived said) {
        return said == null
                ? null
                : new JsonObject()
                        .put("outcome", said.answer().outcome().name())
                        .put("asOf", said.asOf().toString())
                        .put("answeredAt", said.answeredAt().toString())
                        .put("check", said.check().toString())
                        .put("proofNumber", said.number().toString());
    }

    private static JsonObject patient(ClaimVisit visit) {
        JsonArray ids = new JsonArray();
        visit.person().forEach(id -> ids.add(id.toString()));
        Insured insured = visit.insured();
        String name = visit.name();
        Particulars.Sex sex = visit.particulars().sex();
        return new JsonObject()
                .put("patient", visit.judged().patient().toString())
                .put("patients", ids)
                .put("reference", visit.reference())
                .put("name", name)
                .put("kana", insured == null ? null : insured.kana())
                .put("birthDate", insured == null ? null : insured.birthDate().toString())
                .put("sex", sex == null ? null : sex.name())
                .put("lettersMissing", name != null && name.indexOf(BLACK_DOT) >= 0);
    }

    private static @Nullable JsonObject coverage(@Nullable Coverage coverage, Particulars told) {
        return coverage == null
                ? null
                : new JsonObject()
                        .put("insurer", coverage.insurer().digits())
                        .put("insurerName", text(told.insurerName()))
                        .put("symbol", coverage.symbol())
                        .put("number", coverage.number())
                        .put("branch", coverage.branch())
                        .put("from", coverage.from().toString())
                        .put(
                                "until",
                                coverage.until() == null
                                        ? null
                                        : coverage.until().toString())
                        .put("copayPercent", coverage.copayPercent())
                        .put("elderlyPercent", told.elderlyPercent())
                        .put("preschool", told.preschool())
                        .put(
                                "relation",
                                told.relation() == null ? null : told.relation().name())
                        .put("insuredName", text(told.insuredName()));
    }

    private static @Nullable JsonObject address(Particulars told) {
        return told.address().isEmpty() && told.postNumber().isEmpty()
                ? null
                : new JsonObject().put("postNumber", text(told.postNumber())).put("address", text(told.address()));
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }
}
