package jp.kakunin.load.simulation;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Reconciliation;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;

/// Compares, once all is quiet, what the hub and every edge hold with the diary and with the rules.
final class Reckoning {
    private final Network network;
    private final Journal journal;
    private final Map<InstitutionCode, Map<TreatmentMonth, Contents>> held = new HashMap<>();

    Reckoning(Network network) {
        this.network = network;
        this.journal = network.hub.journal();
    }

    /// Empty when every fact and every answer is where it belongs.
    String stillToDo() {
        if (!network.hub.isRunning()) {
            return "a hub to start";
        }
        Journal now = network.hub.journal();
        if (!openQuestions(now).isEmpty()) {
            return "open questions " + openQuestions(now);
        }
        for (SimulatedEdge edge : network.edges) {
            if (!edge.isRunning()) {
                return edge.device() + " is off";
            }
            if (!edge.hasSentAll()) {
                return edge.trouble();
            }
            for (InstitutionCode clinic : edge.clinics()) {
                if (!network.town.reads(edge.device(), clinic) && !edge.isHidden(clinic)) {
                    return edge.device() + " shows " + clinic;
                }
            }
            if (!hasReadAll(edge, now)) {
                return edge.device() + " has not read all " + edge.trouble();
            }
        }
        return "";
    }

    private List<?> openQuestions(Journal now) {
        return now.questions(null, 10).stream()
                .filter(question -> !isClosed(question.month()))
                .toList();
    }

    private boolean hasReadAll(SimulatedEdge edge, Journal now) {
        for (InstitutionCode clinic : edge.clinics()) {
            if (!network.town.reads(edge.device(), clinic)) {
                continue;
            }
            Cursor cursor = edge.store().cursor(clinic);
            for (var tip : now.head(clinic).tips().entrySet()) {
                boolean read = cursor != null
                        && cursor.incarnation().equals(now.incarnation())
                        && cursor.positionIn(tip.getKey()) == tip.getValue().position();
                if (!isClosed(tip.getKey()) && !read) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isClosed(TreatmentMonth month) {
        TreatmentMonth through = network.hub.journal().closedThrough();
        return month.isClosedAt(network.time.instant()) || through != null && month.compareTo(through) <= 0;
    }

    void check() {
        for (InstitutionCode clinic : network.town.clinics()) {
            Map<TreatmentMonth, Contents> months = new TreeMap<>();
            for (TreatmentMonth month : journal.head(clinic).tips().keySet()) {
                if (!isClosed(month)) {
                    months.put(month, Contents.of(journal, clinic, month));
                }
            }
            held.put(clinic, months);
        }
        nothingIsLost();
        nothingIsDoubled();
        standingsAreAsTheRulesSay();
        obligationsFollowFromStandings();
        edgesAgree();
        countsAddUp();
        new Rederiving(network).check();
        new Remains(network).check();
    }

    private void nothingIsLost() {
        Set<FactId> atHub = new HashSet<>();
        Set<Digest> setAside = new HashSet<>();
        held.values()
                .forEach(months -> months.values().forEach(contents -> {
                    contents.facts().forEach(fact -> atHub.add(fact.id()));
                    setAside.addAll(contents.setAside());
                }));
        for (Diary.Recorded recorded : network.diary.recorded()) {
            Fact fact = recorded.fact();
            if (network.diary.mayBeLost(fact.id()) || atHub.contains(fact.id())) {
                continue;
            }
            byte[] instead = network.poison.insteadOf(fact.id());
            Digest content = Digest.of(instead == null ? FactCodec.encode(fact) : instead);
            boolean quarantined = setAside.contains(content) || network.diary.isForgotten(fact.id(), content);
            if (isClosed(fact.envelope().month())) {
                boolean mayBeForgotten =
                        !recorded.misdated() && !fact.envelope().clockDoubtful();
                boolean undone = network.diary.isUndone(content) && !isHeld(fact.id());
                Promise.P1.demand(
                        undone
                                || mayBeForgotten
                                || quarantined
                                || instead != null
                                || network.diary.wasStored(fact.id()),
                        describe(recorded) + " was forgotten because of a wrong clock");
            } else {
                Promise.P1.demand(quarantined, describe(recorded) + " is gone");
            }
        }
        for (Fact fact : network.diary.acknowledged().values()) {
            boolean there = atHub.contains(fact.id())
                    || isClosed(fact.envelope().month())
                    || network.poison.isPoison(fact.id())
                    || setAside.contains(Digest.of(FactCodec.encode(fact)))
                    || network.diary.isForgotten(fact.id(), Digest.of(FactCodec.encode(fact)));
            Promise.P1.demand(there || network.diary.mayBeLost(fact.id()), fact + " was acknowledged and is gone");
        }
    }

    private boolean isHeld(FactId fact) {
        return network.edges.stream()
                .anyMatch(edge -> network.diary.heldBy(edge).contains(fact));
    }

    private static String describe(Diary.Recorded recorded) {
        return recorded.fact() + " " + recorded.fact().envelope() + " recorded by "
                + recorded.edge().device() + " at " + recorded.at();
    }

    private void nothingIsDoubled() {
        held.forEach((clinic, months) -> {
            Set<FactId> seen = new HashSet<>();
            months.forEach((month, contents) -> {
                for (Fact fact : contents.facts()) {
                    Promise.P2.demand(seen.add(fact.id()), fact + " stands twice in the journal of " + clinic);
                    Promise.P2.demand(fact.envelope().month().equals(month), fact + " stands in " + month);
                    Promise.P5.demand(
                            fact.envelope().clinic().equals(clinic), fact + " stands in the journal of " + clinic);
                }
            });
        });
    }

    private void standingsAreAsTheRulesSay() {
        held.forEach((clinic, months) -> months.keySet().forEach(month -> {
            Map<PatientId, Summary> stored = new TreeMap<>();
            journal.forEachSummary(clinic, month, stored::put);
            Map<PatientId, Set<Fact>> rebuilt =
                    rebuilt(Contents.in(months, month).facts());
            Map<PatientId, Set<Fact>> folded = stored.entrySet().stream()
                    .filter(each -> !each.getValue().facts().isEmpty())
                    .collect(toMap(
                            Map.Entry::getKey,
                            each -> new LinkedHashSet<>(each.getValue().facts())));
            Promise.P9.demand(folded.equals(rebuilt), "the summaries of " + clinic + " " + month + " have other facts");
            stored.forEach((patient, summary) -> Promise.P2.demand(
                    summary.facts().size() == new HashSet<>(summary.facts()).size(),
                    "a summary of " + patient + " has a fact twice"));
            List<VisitStanding> standings = stored.values().stream()
                    .flatMap(summary -> summary.visits().stream())
                    .toList();
            Promise.P3.demand(
                    sameStandings(standings, judged(months, month)),
                    "the standings of " + clinic + " " + month + " are " + standings + ", the rules say "
                            + judged(months, month));
        }));
    }

    private void obligationsFollowFromStandings() {
        Set<WorkItem> owed = new HashSet<>();
        held.forEach((clinic, months) -> months.keySet()
                .forEach(month -> journal.forEachSummary(
                        clinic,
                        month,
                        (_, summary) -> summary.visits().stream()
                                .filter(visit -> !(visit.standing() instanceof Standing.Confirmed))
                                .forEach(visit -> owed.add(new WorkItem(
                                        clinic,
                                        visit.treatmentDate(),
                                        visit.visit(),
                                        visit.patient(),
                                        visit.kind(),
                                        visit.standing().word()))))));
        Set<WorkItem> listed = new HashSet<>(journal.worklist(null, Integer.MAX_VALUE));
        listed.removeIf(item -> isClosed(item.month()));
        Promise.P9.demand(listed.equals(owed), "the worklist is " + listed + ", owed is " + owed);
    }

    private static Map<PatientId, Set<Fact>> rebuilt(List<Fact> facts) {
        Map<PatientId, Set<Fact>> rebuilt = new HashMap<>();
        for (Fact fact : facts) {
            rebuilt.computeIfAbsent(fact.envelope().patient(), _ -> new LinkedHashSet<>())
                    .add(fact);
            if (fact instanceof Fact.PatientsJoined join) {
                rebuilt.computeIfAbsent(join.b(), _ -> new LinkedHashSet<>()).add(fact);
            }
        }
        return rebuilt;
    }

    /// The same whatever the order: once as they came, once shuffled.
    private static List<VisitStanding> judged(Map<TreatmentMonth, Contents> months, TreatmentMonth month) {
        List<Fact> facts = new ArrayList<>(Contents.in(months, month).facts());
        facts.addAll(Contents.in(months, month.next()).facts());
        List<VisitStanding> asTheyCame = Reconciliation.judge(month, facts);
        Collections.shuffle(facts, new Random(facts.size()));
        Promise.P3.demand(asTheyCame.equals(Reconciliation.judge(month, facts)), "the rules depend on the order");
        return asTheyCame;
    }

    private static boolean sameStandings(Collection<VisitStanding> some, Collection<VisitStanding> others) {
        return some.size() == others.size() && new HashSet<>(some).equals(new HashSet<>(others));
    }

    private void edgesAgree() {
        for (SimulatedEdge edge : network.edges) {
            FactStore store = edge.store();
            for (InstitutionCode clinic : network.town.clinics()) {
                Map<TreatmentMonth, Contents> months = held.getOrDefault(clinic, Map.of());
                Set<Digest> setAside = new HashSet<>();
                Set<Fact> atHub = new HashSet<>();
                months.values().forEach(contents -> {
                    setAside.addAll(contents.setAside());
                    atHub.addAll(contents.facts());
                });
                for (TreatmentMonth month : months.keySet()) {
                    List<Fact> known = store.facts(clinic, month);
                    Promise.P5.demand(
                            edge.clinics().contains(clinic) || known.isEmpty(),
                            edge.device() + " holds facts of " + clinic);
                    if (network.town.reads(edge.device(), clinic)) {
                        List<Fact> silent = unremarked(edge, clinic, month, atHub);
                        Promise.P1.demand(
                                silent.isEmpty(), edge.device() + " says sent about " + silent + ", no effect");
                        List<Fact> next = effective(store.facts(clinic, month.next()), atHub, setAside);
                        agrees(edge, month, months, effective(known, atHub, setAside), next);
                    }
                }
            }
        }
    }

    private void agrees(
            SimulatedEdge edge,
            TreatmentMonth month,
            Map<TreatmentMonth, Contents> months,
            List<Fact> known,
            List<Fact> knownOfNext) {
        Set<Fact> missing = new LinkedHashSet<>(Contents.in(months, month).facts());
        missing.removeAll(known);
        Promise.P3.demand(missing.isEmpty(), edge.device() + " has not got " + missing);
        List<Fact> more = new ArrayList<>(known);
        more.removeAll(Contents.in(months, month).facts());
        Promise.P3.demand(more.isEmpty(), edge.device() + " has " + more + ", which the hub has not");
        List<Fact> facts = new ArrayList<>(known);
        facts.addAll(knownOfNext);
        Promise.P3.demand(
                sameStandings(Reconciliation.judge(month, facts), judged(months, month)),
                edge.device() + " sees other standings in " + month);
    }

    /// What this edge holds and gave to the hub, where it took no effect, though the desk is not told so.
    private List<Fact> unremarked(SimulatedEdge edge, InstitutionCode clinic, TreatmentMonth month, Set<Fact> atHub) {
        FactStore store = edge.store();
        Set<FactId> remarked = store.remarks(clinic, month).keySet();
        return store.facts(clinic, month).stream()
                .filter(fact -> !fact.isFromHub() && !atHub.contains(fact) && !remarked.contains(fact.id()))
                .toList();
    }

    /// Without those that the hub set aside, as every device of the clinic is told.
    private List<Fact> effective(List<Fact> facts, Set<Fact> atHub, Set<Digest> setAside) {
        return facts.stream()
                .filter(fact -> !(fact instanceof Fact.Quarantined))
                .filter(fact -> atHub.contains(fact) || !network.poison.isPoison(fact.id()) && !isAside(fact, setAside))
                .toList();
    }

    /// What was set aside goes with the month of its receipt, while the edge keeps it until its own month goes.
    private boolean isAside(Fact fact, Set<Digest> setAside) {
        Digest content = Digest.of(FactCodec.encode(fact));
        return setAside.contains(content) || network.diary.isForgotten(fact.id(), content);
    }

    private void countsAddUp() {
        Set<InstitutionCode> clinics = new TreeSet<>(network.town.clinics());
        for (InstitutionCode clinic : clinics) {
            journal.streams(clinic)
                    .forEach((stream, state) -> Promise.P10.demand(
                            state.tally().sum() == state.position().seq(), stream + " has " + state));
        }
        for (SimulatedEdge edge : network.edges) {
            for (InstitutionCode clinic : edge.clinics()) {
                var outbox = edge.store().outbox(clinic);
                if (outbox != null && outbox.acknowledged().seq() > 0) {
                    StreamState state = journal.stream(new StreamId(edge.device(), outbox.epoch(), clinic));
                    Promise.P10.demand(
                            state != null
                                    && state.position().seq()
                                            >= outbox.acknowledged().seq(),
                            edge.device() + " believes in " + outbox.acknowledged() + ", the hub has " + state);
                }
            }
        }
    }
}
