package jp.kakunin.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// All checks of one visit in the order of their fact ids, from whichever device. The first says what visit it is.
final class VisitFacts {
    private final List<Fact.CheckRecorded> checks;
    private final List<Fact.CheckRecorded> documents;

    VisitFacts(List<Fact.CheckRecorded> checks) {
        this.checks = checks;
        documents = checks.reversed().stream()
                .filter(check -> check.evidence() instanceof Evidence.Document document && proves(document))
                .toList();
    }

    Fact.CheckRecorded first() {
        return checks.getFirst();
    }

    TreatmentMonth month() {
        return first().envelope().month();
    }

    LocalDate date() {
        return first().treatmentDate();
    }

    boolean isRepeat() {
        return first().kind() == VisitKind.REPEAT;
    }

    Stream<Fact.CheckRecorded> cards() {
        return checks.stream().filter(check -> check.evidence() instanceof Evidence.Card);
    }

    /// The documents that prove something for the day of the visit, the latest first.
    Stream<Fact.CheckRecorded> documents() {
        return documents.stream();
    }

    /// What the latest oral attestation rests on.
    Optional<Evidence.Basis> attested() {
        return checks.reversed().stream()
                .map(Fact.CheckRecorded::evidence)
                .filter(Evidence.Oral.class::isInstance)
                .map(evidence -> ((Evidence.Oral) evidence).basis())
                .findFirst();
    }

    /// The share the patient was charged, in percent, as last recorded.
    Optional<Integer> copayCharged() {
        return checks.reversed().stream()
                .map(Fact.CheckRecorded::copayCharged)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private boolean proves(Evidence.Document document) {
        Coverage shown = document.shown();
        return document.isAcceptable() && (shown == null || shown.inForceOn(date()));
    }
}
