package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jp.kakunin.exchange.Batch;

/// Batches of one kind share a request; each kind has its own, so that no patient waits for the backlog of another
/// clinic. In the order in which they are sent.
enum PushKind {
    LIVE(Waits.SHORT_ANSWER_MAX),
    /// Without facts: a greeting, or something to tell the operators.
    EMPTY(Waits.SHORT_ANSWER_MAX),
    BACKLOG(Waits.ANSWER_MAX);

    /// How long to wait for the answer.
    final Duration answerMax;

    PushKind(Duration answerMax) {
        this.answerMax = answerMax;
    }

    static PushKind of(Batch batch) {
        if (batch.facts().isEmpty()) {
            return EMPTY;
        }
        return batch.live() ? LIVE : BACKLOG;
    }

    /// What goes into one request each, in sending order.
    static SequencedMap<List<Batch>, PushKind> together(List<Batch> ready, int batchesMax) {
        SequencedMap<List<Batch>, PushKind> requests = new LinkedHashMap<>();
        for (PushKind kind : values()) {
            List<Batch> ofKind =
                    ready.stream().filter(batch -> of(batch) == kind).toList();
            for (int from = 0; from < ofKind.size(); from += batchesMax) {
                requests.put(ofKind.subList(from, Math.min(from + batchesMax, ofKind.size())), kind);
            }
        }
        return requests;
    }
}
