package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Proof;
import jp.kakunin.edge.store.NewFact;
import org.jspecify.annotations.Nullable;

/// Records what is established without a card reader: deferred first visits, oral attestations, documents, joins, and
/// the taking back of any of them.
final class VisitRecorder {
    private final EdgeFacts edge;
    private final Books books;
    private final IdSource ids;
    private final Envelopes envelopes;

    VisitRecorder(EdgeFacts edge, Books books, IdSource ids, Envelopes envelopes) {
        this.edge = edge;
        this.books = books;
        this.ids = ids;
        this.envelopes = envelopes;
    }

    /// Whom it is about: a patient seen before, or a name typed now.
    sealed interface Whom {
        record Known(PatientId patient) implements Whom {}

        record Named(String typed) implements Whom {}
    }

    /// @param denial the check to which the authority said no, if that was shown to whoever records the document
    record Document(
            Evidence.DocumentKind kind,
            Evidence.Reason reason,
            @Nullable Coverage shown,
            @Nullable Integer copayCharged,
            @Nullable CheckId denial) {
        /// Nothing typed off it says nothing against it; whoever recorded it looked at it.
        boolean speaksFor(LocalDate date) {
            return shown == null || shown.inForceOn(date);
        }
    }

    CompletableFuture<Outcome<Recorded>> defer(
            InstitutionCode clinic, String typedName, Evidence.Reason reason, @Nullable Integer copayCharged) {
        return recordNamed(clinic, typedName, VisitKind.INITIAL, new Evidence.None(reason), copayCharged);
    }

    CompletableFuture<Outcome<Recorded>> attest(
            InstitutionCode clinic, Whom whom, boolean earlierResult, Evidence.Reason reason) {
        return switch (whom) {
            case Whom.Named(String typed) ->
                earlierResult
                        ? refused(Problem.NO_EARLIER_RESULT)
                        : recordNamed(
                                clinic,
                                typed,
                                VisitKind.REPEAT,
                                new Evidence.Oral(new Evidence.Basis.OwnRecord(), reason),
                                null);
            case Whom.Known(PatientId patient) ->
                books.current(clinic).thenCompose(book -> attest(clinic, book, patient, earlierResult, reason));
        };
    }

    private CompletableFuture<Outcome<Recorded>> attest(
            InstitutionCode clinic, Book book, PatientId patient, boolean earlierResult, Evidence.Reason reason) {
        if (!book.knows(patient)) {
            return refused(Problem.PATIENT_UNKNOWN);
        }
        LocalDate today = books.today();
        Optional<VisitStanding> sameDay = book.visitOf(patient, today);
        if (sameDay.filter(visit -> visit.kind() == VisitKind.INITIAL).isPresent()) {
            return refused(Problem.ORAL_NEEDS_REPEAT_VISIT);
        }
        Proof earlier = book.patient(patient).earlier();
        if (earlierResult && (earlier == null || earlier.coverage() == null)) {
            return refused(Problem.NO_EARLIER_RESULT);
        }
        Evidence.Basis basis = earlierResult && earlier != null && earlier.coverage() != null
                ? new Evidence.Basis.Shown(
                        earlier.check(), earlier.asOf(), earlier.coverage().digest())
                : new Evidence.Basis.OwnRecord();
        VisitId visit = sameDay.map(VisitStanding::visit).orElseGet(ids::visit);
        return record(
                book,
                check(
                        clinic,
                        patient,
                        visit,
                        VisitKind.REPEAT,
                        today,
                        new Evidence.Oral(basis, reason),
                        null,
                        null,
                        null));
    }

    /// A document for a visit recorded before, on whatever day of an open month that was.
    CompletableFuture<Outcome<Recorded>> accept(InstitutionCode clinic, VisitId visit, Document document) {
        return books.current(clinic)
                .thenCompose(book -> book.visit(visit)
                        .map(known -> accept(clinic, book, known, document))
                        .orElseGet(() -> refused(Problem.VISIT_UNKNOWN)));
    }

    private CompletableFuture<Outcome<Recorded>> accept(
            InstitutionCode clinic, Book book, DeskVisit visit, Document document) {
        Evidence.Document evidence = new Evidence.Document(document.kind(), document.shown(), document.reason());
        if (!evidence.isAcceptable()) {
            return refused(Problem.DOCUMENT_NEEDS_CARD);
        }
        VisitStanding judged = visit.judged();
        if (!document.speaksFor(judged.treatmentDate())) {
            return refused(Problem.NOT_IN_FORCE);
        }
        if (visit.denial() != null && !visit.denial().equals(document.denial())) {
            return refused(Problem.DENIAL_NOT_SEEN);
        }
        return record(
                book,
                check(
                        clinic,
                        judged.patient(),
                        judged.visit(),
                        judged.kind(),
                        judged.treatmentDate(),
                        evidence,
                        null,
                        visit.denial(),
                        document.copayCharged()));
    }

    /// A document for a patient who comes now.
    CompletableFuture<Outcome<Recorded>> accept(
            InstitutionCode clinic, Whom whom, @Nullable VisitKind kind, Document document) {
        Evidence.Document evidence = new Evidence.Document(document.kind(), document.shown(), document.reason());
        if (!evidence.isAcceptable()) {
            return refused(Problem.DOCUMENT_NEEDS_CARD);
        }
        if (whom instanceof Whom.Named && !document.speaksFor(books.today())) {
            return refused(Problem.NOT_IN_FORCE);
        }
        return switch (whom) {
            case Whom.Named(String typed) ->
                recordNamed(clinic, typed, kind == null ? VisitKind.INITIAL : kind, evidence, document.copayCharged());
            case Whom.Known(PatientId patient) ->
                books.current(clinic).thenCompose(book -> accept(clinic, book, patient, kind, document));
        };
    }

    private CompletableFuture<Outcome<Recorded>> accept(
            InstitutionCode clinic, Book book, PatientId patient, @Nullable VisitKind kind, Document document) {
        if (!book.knows(patient)) {
            return refused(Problem.PATIENT_UNKNOWN);
        }
        LocalDate today = books.today();
        Optional<DeskVisit> sameDay = book.visitOf(patient, today).flatMap(visit -> book.visit(visit.visit()));
        if (sameDay.isPresent()) {
            return accept(clinic, book, sameDay.get(), document);
        }
        if (!document.speaksFor(today)) {
            return refused(Problem.NOT_IN_FORCE);
        }
        VisitKind decided = book.wasSeenInMonth(patient) ? VisitKind.REPEAT : VisitKind.INITIAL;
        return record(
                book,
                check(
                        clinic,
                        patient,
                        ids.visit(),
                        kind == null ? decided : kind,
                        today,
                        new Evidence.Document(document.kind(), document.shown(), document.reason()),
                        null,
                        null,
                        document.copayCharged()));
    }

    /// Says that two patient ids are one person. Filed in the running month, so that it reaches back to the month
    /// before and is not forgotten with it.
    CompletableFuture<Outcome<FactId>> join(InstitutionCode clinic, PatientId a, PatientId b) {
        if (a.equals(b)) {
            return refused(Problem.JOIN_OF_ONE_PATIENT);
        }
        return books.current(clinic).thenCompose(book -> {
            if (!book.knows(a) || !book.knows(b)) {
                return refused(Problem.PATIENT_UNKNOWN);
            }
            Fact.PatientsJoined join = new Fact.PatientsJoined(envelopes.of(clinic, a, book.month()), a, b);
            return edge.record(List.of(new NewFact(join, null, false))).thenApply(_ -> Outcome.done(join.id()));
        });
    }

    /// Takes back a fact of this or the last month; the fact that does so can be taken back in turn. Of a join,
    /// what was carried over goes with it, and the newest withdrawal is the one to take back.
    CompletableFuture<Outcome<FactId>> withdraw(InstitutionCode clinic, FactId fact, Fact.WithdrawalReason reason) {
        return books.current(clinic)
                .thenCompose(book -> book.fact(fact)
                        .filter(target -> !target.isFromHub())
                        .map(target -> withdraw(
                                target instanceof Fact.PatientsJoined join
                                        ? book.joinsOf(join.a(), join.b())
                                        : List.of(target),
                                reason))
                        .orElseGet(() -> refused(Problem.FACT_UNKNOWN)));
    }

    /// Takes back what one tap recorded for two clinics, in one write: both or neither.
    CompletableFuture<Outcome<FactId>> withdrawBoth(
            InstitutionCode clinic, FactId fact, InstitutionCode alsoClinic, FactId alsoFact) {
        return books.current(clinic)
                .thenCombine(books.current(alsoClinic), (one, two) -> {
                    List<Fact> targets = new ArrayList<>();
                    one.fact(fact).filter(each -> !each.isFromHub()).ifPresent(targets::add);
                    two.fact(alsoFact).filter(each -> !each.isFromHub()).ifPresent(targets::add);
                    return targets;
                })
                .thenCompose(targets -> targets.isEmpty()
                        ? refused(Problem.FACT_UNKNOWN)
                        : withdraw(targets, Fact.WithdrawalReason.MISTAKE));
    }

    private CompletableFuture<Outcome<FactId>> withdraw(List<? extends Fact> targets, Fact.WithdrawalReason reason) {
        List<NewFact> withdrawals = targets.stream()
                .map(target ->
                        new NewFact(new Fact.FactWithdrawn(envelopes.beside(target), target.id(), reason), null, false))
                .toList();
        FactId last = withdrawals.getLast().fact().id();
        return edge.record(withdrawals).thenApply(_ -> Outcome.done(last));
    }

    private CompletableFuture<Outcome<Recorded>> recordNamed(
            InstitutionCode clinic, String typed, VisitKind kind, Evidence evidence, @Nullable Integer copayCharged) {
        return switch (PatientName.of(typed)) {
            case Outcome.Refused<String>(Problem problem) -> refused(problem);
            case Outcome.Done<String>(String name) -> {
                Fact.CheckRecorded check = check(
                        clinic, ids.patient(), ids.visit(), kind, books.today(), evidence, name, null, copayCharged);
                yield edge.record(List.of(new NewFact(check, null, false)))
                        .thenApply(_ -> Outcome.done(new Recorded(check.visit(), check.id())));
            }
        };
    }

    private CompletableFuture<Outcome<Recorded>> record(Book book, Fact.CheckRecorded check) {
        List<NewFact> facts = new ArrayList<>(List.of(new NewFact(check, null, false)));
        if (check.envelope().month().equals(book.month())) {
            for (Fact.PatientsJoined join :
                    book.joinsToCarryOver(check.envelope().patient())) {
                facts.add(new NewFact(envelopes.carriedOver(join, book.month()), null, false));
            }
        }
        return edge.record(facts).thenApply(_ -> Outcome.done(new Recorded(check.visit(), check.id())));
    }

    private Fact.CheckRecorded check(
            InstitutionCode clinic,
            PatientId patient,
            VisitId visit,
            VisitKind kind,
            LocalDate date,
            Evidence evidence,
            @Nullable String name,
            @Nullable CheckId despite,
            @Nullable Integer copayCharged) {
        return new Fact.CheckRecorded(
                envelopes.of(clinic, patient, TreatmentMonth.of(date)),
                visit,
                ids.check(),
                kind,
                date,
                evidence,
                name,
                despite,
                copayCharged,
                null);
    }

    private static <T> CompletableFuture<Outcome<T>> refused(Problem problem) {
        return CompletableFuture.completedFuture(Outcome.refused(problem));
    }
}
