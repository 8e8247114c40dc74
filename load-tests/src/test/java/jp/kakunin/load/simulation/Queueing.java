package jp.kakunin.load.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Request;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;

/// Watches that no patient waits behind more than one batch of backlog of the same clinic and device.
final class Queueing {
    private static final Duration LIVE_MAX = Duration.ofSeconds(60);

    private final Map<FactId, Waiting> waiting = new LinkedHashMap<>();
    private final Set<FactId> live = new HashSet<>();

    /// @param before the batches that went ahead, each by its first fact
    private record Waiting(Envelope of, Duration since, Set<FactId> before) {}

    void recorded(List<NewFact> facts, Duration uptime) {
        for (NewFact fact : facts) {
            if (fact.live()) {
                live.add(fact.fact().id());
                waiting.put(fact.fact().id(), new Waiting(fact.fact().envelope(), uptime, new HashSet<>()));
            }
        }
    }

    /// @param oldestOpen what is older is too late to be sent, and nobody waits for it
    void sent(Request request, FactStore store, TreatmentMonth oldestOpen, Duration uptime) {
        waiting.values()
                .removeIf(each -> each.of().month().compareTo(oldestOpen) < 0
                        || uptime.minus(each.since()).compareTo(LIVE_MAX) >= 0);
        if (request instanceof Request.Push push && !waiting.isEmpty()) {
            push.batches().forEach(batch -> sent(batch, store));
        }
    }

    private void sent(Batch batch, FactStore store) {
        Outbox outbox = store.outbox(batch.clinic());
        if (outbox == null || batch.facts().isEmpty()) {
            return;
        }
        List<FactId> facts = outbox.numbered().subList(0, batch.facts().size()).stream()
                .map(Numbered::fact)
                .toList();
        boolean isBacklog = facts.stream().noneMatch(live::contains);
        facts.forEach(waiting::remove);
        waiting.values().stream()
                .filter(each -> isBacklog && each.of().clinic().equals(batch.clinic()))
                .forEach(each -> {
                    each.before().add(facts.getFirst());
                    Promise.P6.demand(
                            each.before().size() <= 1,
                            "a patient waits behind the batches of " + each.before() + " with " + outbox);
                });
    }
}
