package jp.kakunin.hub.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import jp.kakunin.domain.Answer;

/// Answers of the authority by kind. No answer is not among them.
final class AnswerCounts {
    private enum Kind {
        VALID,
        INVALID,
        INVALID_NEWER_EXISTS,
        NOT_FOUND,
        SEVERAL,
        VALID_UNREGISTERED
    }

    private final Map<Kind, Counter> counters = new EnumMap<>(Kind.class);

    AnswerCounts(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("kakunin.answers")
                            .description("Answers of the authority that were committed")
                            .tag("answer", kind.name())
                            .register(registry));
        }
    }

    void count(Answer answer) {
        Counter counter = counters.get(kindOf(answer));
        if (counter != null) {
            counter.increment();
        }
    }

    private static Kind kindOf(Answer answer) {
        return switch (answer) {
            case Answer.Valid _ -> Kind.VALID;
            case Answer.Invalid _ -> Kind.INVALID;
            case Answer.InvalidNewerExists _ -> Kind.INVALID_NEWER_EXISTS;
            case Answer.NotFound _ -> Kind.NOT_FOUND;
            case Answer.Several _ -> Kind.SEVERAL;
            case Answer.ValidUnregistered _ -> Kind.VALID_UNREGISTERED;
        };
    }
}
