package jp.kakunin.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is known of one person: the effective facts of all patient ids joined, without replaced checks.
final class PatientFacts {
    private static final Comparator<Fact.AnswerReceived> LATEST_FIRST = Comparator.comparing(
                    Fact.AnswerReceived::answeredAt)
            .thenComparing(Fact.AnswerReceived::check)
            .thenComparing(Fact.AnswerReceived::id)
            .reversed();

    private final List<Fact> facts;
    private final List<Fact.AnswerReceived> answers;
    private final Map<CheckId, Fact.CheckRecorded> checks = new HashMap<>();
    private final Set<CheckId> answered;
    private final Set<CheckId> unusable;

    PatientFacts(List<Fact> ofPerson) {
        of(ofPerson, Fact.CheckRecorded.class).forEach(check -> checks.putIfAbsent(check.check(), check));
        Set<CheckId> replaced = replaced();
        facts = replaced.isEmpty()
                ? ofPerson
                : EffectiveFacts.without(
                        ofPerson, fact -> fact instanceof Fact.CheckRecorded check && replaced.contains(check.check()));
        answers = of(facts, Fact.AnswerReceived.class).sorted(LATEST_FIRST).toList();
        answered = answers.stream().map(Fact.AnswerReceived::check).collect(Collectors.toUnmodifiableSet());
        unusable = of(facts, Fact.EvidenceFoundUnusable.class)
                .map(Fact.EvidenceFoundUnusable::check)
                .filter(check -> !answered.contains(check))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The latest first.
    List<Fact.AnswerReceived> answers() {
        return answers;
    }

    Collection<VisitFacts> visits() {
        return of(facts, Fact.CheckRecorded.class)
                .collect(Collectors.groupingBy(
                        Fact.CheckRecorded::visit,
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), VisitFacts::new)))
                .values();
    }

    boolean isAnswered(Fact.CheckRecorded check) {
        return answered.contains(check.check());
    }

    /// Whether the authority cannot be asked about it, and has not answered either.
    boolean isUnusable(Fact.CheckRecorded card) {
        return unusable.contains(card.check());
    }

    /// How the authority was asked. A check that is not known here was a card: only a card is asked without its
    /// fact.
    Standing.By askedBy(CheckId check) {
        Fact.CheckRecorded recorded = checks.get(check);
        return recorded == null || recorded.evidence() instanceof Evidence.Card ? Standing.By.CARD : Standing.By.NUMBER;
    }

    /// A replaced replacement still keeps away what it replaced, or a second correction would bring the first
    /// mistake back.
    private Set<CheckId> replaced() {
        Map<CheckId, CheckId> replaces = new HashMap<>();
        for (Fact.CheckRecorded check : checks.values()) {
            Fact.CheckRecorded target = check.replaces() == null ? null : checks.get(check.replaces());
            if (target != null && target.visit().equals(check.visit())) {
                replaces.put(check.check(), target.check());
            }
        }
        return replaces.entrySet().stream()
                .filter(entry -> !leadsBack(entry.getKey(), replaces))
                .map(Map.Entry::getValue)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean leadsBack(CheckId start, Map<CheckId, CheckId> replaces) {
        Set<CheckId> seen = new HashSet<>();
        CheckId at = replaces.get(start);
        while (at != null && seen.add(at)) {
            at = replaces.get(at);
        }
        return seen.contains(start);
    }

    private static <F extends Fact> Stream<F> of(List<Fact> facts, Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast);
    }
}
