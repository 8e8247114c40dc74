package jp.kakunin.hub.authority;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;

/// What entries of one person say about a day: pure.
final class RegistryAnswers {
    private RegistryAnswers() {}

    /// @param entries all of the person, as known at the time
    /// @param asked those the question can mean: all by card, those of one number by number
    static Answer answer(List<RegistryEntry> entries, Predicate<Coverage> asked, LocalDate asOf) {
        List<RegistryEntry> meant =
                entries.stream().filter(entry -> asked.test(entry.coverage())).toList();
        List<RegistryEntry> inForce =
                meant.stream().filter(entry -> entry.coverage().inForceOn(asOf)).toList();
        return switch (inForce.size()) {
            case 0 -> notInForce(entries, meant, asOf);
            case 1 -> inForce(inForce.getFirst());
            default -> new Answer.Several();
        };
    }

    private static Answer inForce(RegistryEntry entry) {
        return switch (entry.state()) {
            case VALID -> new Answer.Valid(entry.coverage(), entry.insured(), entry.particulars());
            case SUSPENDED -> new Answer.Invalid(null);
            case UNREGISTERED -> new Answer.ValidUnregistered();
        };
    }

    private static Answer notInForce(List<RegistryEntry> entries, List<RegistryEntry> meant, LocalDate asOf) {
        Optional<Coverage> ended = meant.stream()
                .map(RegistryEntry::coverage)
                .filter(coverage -> coverage.endsBefore(asOf))
                .max(Comparator.comparing(Coverage::from));
        if (ended.isEmpty()) {
            return new Answer.NotFound();
        }
        boolean newerExists = entries.stream()
                .map(RegistryEntry::coverage)
                .anyMatch(coverage -> coverage.from().isAfter(ended.get().from()));
        return newerExists ? new Answer.InvalidNewerExists(ended.get()) : new Answer.Invalid(ended.get());
    }
}
