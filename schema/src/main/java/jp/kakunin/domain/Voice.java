package jp.kakunin.domain;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the authority says about one visit's day.
final class Voice {
    private final LocalDate date;
    private final List<Fact.AnswerReceived> answers;
    private final List<Coverage> proved;

    /// @param answers about the person, the latest first
    Voice(VisitFacts visit, List<Fact.AnswerReceived> answers) {
        date = visit.date();
        this.answers = answers;
        proved = answers.isEmpty()
                ? List.of() // nobody speaks: most visits of a day without the authority
                : Stream.concat(
                                validCoverages(),
                                visit.documents().flatMap(document -> Stream.ofNullable(document.shownCoverage())))
                        .toList();
    }

    /// The last word: the latest answer that speaks about the day, called L in the rules.
    Optional<Fact.AnswerReceived> last() {
        return answers.stream().filter(this::speaks).findFirst();
    }

    /// The answers that are valid for the day, latest first. Asked as of an earlier day, an answer proves nothing
    /// for this one.
    Stream<Fact.AnswerReceived> valid() {
        return answers.stream().filter(this::isValid);
    }

    Stream<Coverage> validCoverages() {
        return valid().flatMap(said -> Stream.ofNullable(said.answer().coverage()));
    }

    boolean isValid(Fact.AnswerReceived said) {
        return switch (said.answer()) {
            case Answer.Valid valid ->
                !said.asOf().isBefore(date) && valid.coverage().inForceOn(date);
            case Answer.ValidUnregistered _ -> said.asOf().equals(date);
            case Answer.Invalid _, Answer.InvalidNewerExists _, Answer.NotFound _, Answer.Several _ -> false;
        };
    }

    /// Whether a coverage is known that begins only after the day.
    boolean knowsLaterCoverage() {
        return answers.stream()
                .anyMatch(said -> said.answer() instanceof Answer.Valid valid
                        && valid.coverage().from().isAfter(date));
    }

    private boolean speaks(Fact.AnswerReceived said) {
        return isValid(said)
                || isDenied(said)
                || endsProvedCoverage(said.answer().coverage());
    }

    private boolean isDenied(Fact.AnswerReceived said) {
        return said.answer().isNegative() && said.asOf().equals(date);
    }

    /// A loss with effect for the past: the coverage that proved the day turns out to have ended before it.
    private boolean endsProvedCoverage(@Nullable Coverage coverage) {
        return coverage != null && coverage.endsBefore(date) && proved.stream().anyMatch(coverage::isSameAs);
    }
}
