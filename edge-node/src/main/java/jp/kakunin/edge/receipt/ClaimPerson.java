package jp.kakunin.edge.receipt;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence.Basis;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Reconciliation;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Proof;
import org.jspecify.annotations.Nullable;

/// One patient's visits, judged. Nothing but the facts goes in.
final class ClaimPerson {
    private static final Comparator<Fact.AnswerReceived> BY_TIME = Comparator.comparing(Fact.AnswerReceived::answeredAt)
            .thenComparing(Fact.AnswerReceived::check)
            .thenComparing(Fact.AnswerReceived::id);

    private final List<Fact> facts;
    private final SortedSet<PatientId> ids;
    private final List<Fact.AnswerReceived> answers;
    private final List<ClaimVisit> visits;
    private final Map<VisitId, Digest> digests = new HashMap<>();

    /// @param facts those of the person that count
    ClaimPerson(List<Fact> facts, Collection<TreatmentMonth> months) {
        this.facts = List.copyOf(facts);
        ids = new TreeSet<>();
        facts.forEach(fact -> ids.add(fact.envelope().patient()));
        of(Fact.PatientsJoined.class).forEach(join -> Collections.addAll(ids, join.a(), join.b()));
        answers = of(Fact.AnswerReceived.class).sorted(BY_TIME).toList();
        visits = months.stream()
                .flatMap(month -> Reconciliation.judge(month, facts).stream())
                .map(this::visit)
                .toList();
        visits.forEach(visit -> digests.put(visit.judged().visit(), ClaimJson.digest(visit)));
    }

    /// Of what a receipt computer gets of each visit.
    Map<VisitId, Digest> digests() {
        return digests;
    }

    boolean isOf(List<Fact> others) {
        return facts.equals(others);
    }

    List<ClaimVisit> visits() {
        return visits;
    }

    /// The clinic's number of the patient, as set last; null before.
    Fact.@Nullable ReferenceSet reference() {
        return of(Fact.ReferenceSet.class).max(Comparator.comparing(Fact::id)).orElse(null);
    }

    private ClaimVisit visit(VisitStanding judged) {
        Proof proof = judged.proof();
        List<Fact.CheckRecorded> checks = of(Fact.CheckRecorded.class)
                .filter(check -> check.visit().equals(judged.visit()))
                .sorted(Comparator.comparing(Fact::id))
                .toList();
        Fact.AnswerReceived shown = shown(judged.standing());
        Answer.Valid valid = proof == null ? valid(shown) : valid(answerOf(proof.check()));
        Insured insured = valid == null ? null : valid.insured();
        Coverage coverage = proof == null ? (valid == null ? null : valid.coverage()) : proof.coverage();
        Fact.ReferenceSet reference = reference();
        return new ClaimVisit(
                checks.getFirst().envelope().clinic(),
                judged,
                ids,
                typedName(),
                said(judged),
                insured,
                coverage,
                valid == null ? Particulars.NONE : valid.particulars(),
                reference == null ? null : reference.reference(),
                checks.getFirst().envelope().capturedAt());
    }

    /// The earlier result that an oral attestation rests on, if it is still here.
    private Fact.@Nullable AnswerReceived shown(Standing standing) {
        return standing instanceof Standing.Attested(Basis.Shown basis)
                ? last(said -> said.answer() instanceof Answer.Valid valid
                        && valid.coverage().digest().equals(basis.coverage()))
                : null;
    }

    /// For a visit that the authority denies, the denial; otherwise the proof.
    private Fact.@Nullable AnswerReceived said(VisitStanding visit) {
        Proof proof = visit.proof();
        if (proof == null) {
            return null;
        }
        return visit.standing() instanceof Standing.Contested ? denial(visit, proof) : answerOf(proof.check());
    }

    /// What speaks against the proof that is kept: a no for that day, or the end of the coverage before it.
    private Fact.@Nullable AnswerReceived denial(VisitStanding visit, Proof kept) {
        LocalDate date = visit.treatmentDate();
        return last(said -> {
            Coverage named = said.answer().coverage();
            boolean isNo = said.answer().isNegative() && said.asOf().equals(date);
            boolean ends = named != null
                    && named.endsBefore(date)
                    && (kept.coverage() == null || named.isSameAs(kept.coverage()));
            return isNo || ends;
        });
    }

    private Fact.@Nullable AnswerReceived answerOf(CheckId check) {
        return last(said -> said.check().equals(check));
    }

    private Fact.@Nullable AnswerReceived last(Predicate<Fact.AnswerReceived> wanted) {
        return answers.reversed().stream().filter(wanted).findFirst().orElse(null);
    }

    private static Answer.@Nullable Valid valid(Fact.@Nullable AnswerReceived said) {
        return said != null && said.answer() instanceof Answer.Valid valid ? valid : null;
    }

    private @Nullable String typedName() {
        return of(Fact.CheckRecorded.class)
                .sorted(Comparator.comparing(
                        (Fact.CheckRecorded check) -> check.id(), Comparator.<FactId>reverseOrder()))
                .map(Fact.CheckRecorded::patientName)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private <F extends Fact> Stream<F> of(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast);
    }
}
