package jp.kakunin.hub.verify;

import static jp.kakunin.hub.testing.Sample.TODAY;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.testing.Sample;

/// Visits, joins, withdrawals and answers of a few patients over two months, as chance has it.
final class RandomHistory {
    private static final int PATIENTS = 5;

    private final Sample sample;
    private final Random random;
    private final Kept kept;
    private final List<PatientId> patients;
    private final List<Fact> recorded = new ArrayList<>();

    RandomHistory(Sample sample, Random random, Kept kept) {
        this.sample = sample;
        this.random = random;
        this.kept = kept;
        patients = Stream.generate(sample.ids::patient).limit(PATIENTS).toList();
    }

    void happen(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> record(sample.card(patient(), date()));
            case 3 -> kept.sendWithoutEvidence(remember(sample.card(patient(), date())));
            case 4 -> record(sample.deferred(patient(), date()));
            case 5 -> record(sample.join(patient(), patient(), date()));
            case 6 -> again(sample::withdraw);
            case 7 -> again(fact -> fact);
            case 8 -> question().ifPresent(question -> kept.answer(question, answer()));
            default -> question().ifPresent(kept::unusable);
        }
    }

    private void record(Fact fact) {
        kept.send(remember(fact));
    }

    private Fact remember(Fact fact) {
        recorded.add(fact);
        return fact;
    }

    private void again(UnaryOperator<Fact> change) {
        if (!recorded.isEmpty()) {
            record(change.apply(recorded.get(random.nextInt(recorded.size()))));
        }
    }

    private Optional<Question> question() {
        List<Question> open = kept.questions().toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
    }

    private Answer answer() {
        return random.nextBoolean() ? Sample.valid() : new Answer.Invalid(null);
    }

    private PatientId patient() {
        return patients.get(random.nextInt(PATIENTS));
    }

    private LocalDate date() {
        return TODAY.minusDays(random.nextInt(45));
    }
}
