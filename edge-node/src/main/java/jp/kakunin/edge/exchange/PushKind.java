package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Limits;

/// The clinics of a site share a request for batches of one kind. A push is answered as a whole, so backlog goes alone:
/// no patient of one clinic waits for what another one has to catch up on. In the order in which they are sent.
enum PushKind {
    /// Somebody waits for the answer; without facts it is the greeting before them.
    LIVE(Waits.SHORT_ANSWER_MAX, Limits.BATCHES_MAX),
    /// Without facts: a greeting, or something to tell the operators.
    EMPTY(Waits.SHORT_ANSWER_MAX, Limits.BATCHES_MAX),
    BACKLOG(Waits.ANSWER_MAX, 1);

    /// How long to wait for the answer.
    final Duration answerMax;

    private final int together;

    PushKind(Duration answerMax, int together) {
        this.answerMax = answerMax;
        this.together = together;
    }

    static PushKind of(Batch batch) {
        if (batch.live()) {
            return LIVE;
        }
        return batch.facts().isEmpty() ? EMPTY : BACKLOG;
    }

    /// What goes into one request each, in sending order.
    static SequencedMap<List<Batch>, PushKind> together(List<Batch> ready, int batchesMax) {
        SequencedMap<List<Batch>, PushKind> requests = new LinkedHashMap<>();
        for (PushKind kind : values()) {
            List<Batch> ofKind =
                    ready.stream().filter(batch -> of(batch) == kind).toList();
            int most = Math.min(kind.together, batchesMax);
            for (int from = 0; from < ofKind.size(); from += most) {
                requests.put(ofKind.subList(from, Math.min(from + most, ofKind.size())), kind);
            }
        }
        return requests;
    }
}
