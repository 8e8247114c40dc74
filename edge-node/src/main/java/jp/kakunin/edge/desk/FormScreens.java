package jp.kakunin.edge.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;

/// The pages with a form of their own: shown empty, and again with what was typed when the desk refuses it.
final class FormScreens {
    private final Reception reception;
    private final Screens screens;

    FormScreens(Reception reception, Screens screens) {
        this.reception = reception;
        this.screens = screens;
    }

    void deferred(RoutingContext context, Map<String, String> typed, ProblemView problem) {
        Texts texts = screens.caller(context).texts();
        Map<String, Object> model = start(typed, problem, texts.text("deferred.title"));
        model.put("reasons", reasons(typed, Evidence.Reason.NO_CARD, texts));
        model.put("due", dueText(texts));
        screens.show(context, status(problem), "deferred", CompletableFuture.completedFuture(model));
    }

    String dueText(Texts texts) {
        return texts.date(TreatmentMonth.of(reception.today()).due());
    }

    void oral(RoutingContext context, Map<String, String> typed, ProblemView problem) {
        Texts texts = screens.caller(context).texts();
        Map<String, Object> model = start(typed, problem, texts.text("oral.title"));
        model.put("reasons", reasons(typed, Evidence.Reason.NO_CARD, texts));
        screens.show(context, status(problem), "oral", withBook(context, book -> {
            model.put(
                    "patients",
                    book.patients().stream()
                            .map(patient -> attestable(patient, typed.getOrDefault("patient", ""), texts))
                            .toList());
            return model;
        }));
    }

    /// With the age of what is known: an attestation says that nothing changed since then.
    private Choice attestable(KnownPatient patient, String chosen, Texts texts) {
        Choice choice = choice(patient, chosen, texts);
        String known = patient.earlier() == null
                ? texts.text("oral.patient.unknown")
                : texts.text(
                        "oral.patient.known",
                        ChronoUnit.DAYS.between(patient.earlier().asOf(), reception.today()));
        return new Choice(choice.value(), choice.text() + " " + known, choice.chosen());
    }

    void document(RoutingContext context, Map<String, String> typed, ProblemView problem) {
        Texts texts = screens.caller(context).texts();
        Map<String, Object> model = start(typed, problem, texts.text("document.title"));
        model.put(
                "documents",
                Stream.of(Evidence.DocumentKind.values())
                        .map(kind -> new Choice(
                                kind.name(),
                                texts.text("evidence", kind),
                                kind.name().equals(typed.getOrDefault("document", "ELIGIBILITY_CERTIFICATE"))))
                        .toList());
        screens.show(context, status(problem), "document", withBook(context, book -> {
            DeskVisit visit = book.visitNamed(typed.getOrDefault("visit", "")).orElse(null);
            model.put(
                    "forVisit",
                    visit == null
                            ? ""
                            : texts.text(
                                    "document.for",
                                    VisitRow.patient(visit, texts),
                                    texts.date(visit.judged().treatmentDate())));
            DeskVisit concerned = visit != null
                    ? visit
                    : book.visitOfNamed(typed.getOrDefault("patient", ""), reception.today())
                            .orElse(null);
            CheckId denial = concerned == null ? null : concerned.denial();
            model.put("despite", denial == null ? "" : denial.toString());
            Evidence.Reason likely = denial == null ? Evidence.Reason.NO_CARD : Evidence.Reason.ANSWER_NEGATIVE;
            model.put("reasons", reasons(typed, likely, texts));
            model.put("patients", patients(book, typed.getOrDefault("patient", ""), texts));
            return model;
        }));
    }

    void join(RoutingContext context, Map<String, String> typed, ProblemView problem) {
        Texts texts = screens.caller(context).texts();
        Map<String, Object> model = start(typed, problem, texts.text("join.title"));
        PatientId patient = PatientId.parse(typed.getOrDefault("a", ""));
        screens.show(context, status(problem), "join", withBook(context, book -> {
            model.put("a", patient.toString());
            model.put("name", book.knows(patient) ? name(book.patient(patient), texts) : "?");
            model.put(
                    "patients",
                    book.patients().stream()
                            .filter(other -> !book.person(patient).contains(other.patient()))
                            .map(other -> choice(other, "", texts))
                            .toList());
            return model;
        }));
    }

    private CompletableFuture<Map<String, Object>> withBook(
            RoutingContext context, Function<Book, Map<String, Object>> fill) {
        return reception.book(screens.caller(context).clinic().code()).thenApply(fill);
    }

    private static Map<String, Object> start(Map<String, String> typed, ProblemView problem, String title) {
        Map<String, Object> model = new HashMap<>();
        model.put("title", title);
        model.put("typed", typed);
        model.put("problem", problem);
        return model;
    }

    private static int status(ProblemView problem) {
        return problem.code().isEmpty() ? 200 : 422;
    }

    private static List<Choice> reasons(Map<String, String> typed, Evidence.Reason likely, Texts texts) {
        String chosen = typed.getOrDefault("reason", likely.name());
        return Stream.of(Evidence.Reason.values())
                .map(reason -> new Choice(
                        reason.name(), texts.text("why", reason), reason.name().equals(chosen)))
                .toList();
    }

    private static List<Choice> patients(Book book, String chosen, Texts texts) {
        List<Choice> choices = new ArrayList<>();
        for (KnownPatient patient : book.patients()) {
            choices.add(choice(patient, chosen, texts));
        }
        return choices;
    }

    private static Choice choice(KnownPatient patient, String chosen, Texts texts) {
        String id = patient.patient().toString();
        return new Choice(
                id,
                texts.text("oral.patient.item", name(patient, texts), texts.date(patient.lastSeen())),
                id.equals(chosen));
    }

    private static String name(KnownPatient patient, Texts texts) {
        // By the time, as in the list of visits: two of one day would look alike.
        return patient.name() == null ? texts.text("visits.nameless", texts.time(patient.arrivedAt())) : patient.name();
    }
}
