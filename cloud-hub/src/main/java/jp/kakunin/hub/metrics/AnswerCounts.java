package jp.kakunin.hub.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import jp.kakunin.domain.Answer;

/// Answers of the authority by kind. No answer is not among them.
final class AnswerCounts {
    private final Map<Answer.Outcome, Counter> counters = new EnumMap<>(Answer.Outcome.class);

    AnswerCounts(MeterRegistry registry) {
        for (Answer.Outcome outcome : Answer.Outcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("kakunin.answers")
                            .description("Answers of the authority that were committed")
                            .tag("answer", outcome.name())
                            .register(registry));
        }
    }

    void count(Answer answer) {
        Counter counter = counters.get(answer.outcome());
        if (counter != null) {
            counter.increment();
        }
    }
}
