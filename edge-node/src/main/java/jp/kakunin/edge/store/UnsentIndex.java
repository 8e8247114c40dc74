package jp.kakunin.edge.store;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/// Works out from the rows of a clinic which facts are unsent in its stream.
final class UnsentIndex {
    private final Rows rows;
    private final StoredFacts stored;
    private final InstitutionCode clinic;

    UnsentIndex(Rows rows, InstitutionCode clinic) {
        this.rows = rows;
        this.stored = new StoredFacts(rows);
        this.clinic = clinic;
    }

    /// @param hubTime the last time the hub told
    UnsentFacts of(@Nullable Outbox outbox, @Nullable Instant hubTime) {
        UnsentFacts unsent = new UnsentFacts();
        for (TreatmentMonth month : rows.months()) {
            Set<FactId> settled = settled(month, outbox);
            Set<FactId> taken = hubTime != null && month.isClosedAt(hubTime) ? taken(month) : Set.of();
            stored.forEach(clinic, month, (key, fact, kept) -> {
                boolean isTaken = taken.contains(fact.id()) && !fact.envelope().clockDoubtful();
                boolean isOffered = !(fact instanceof Fact.Quarantined) && !isTaken && !settled.contains(fact.id());
                if (isOffered && key.factId().equals(fact.id())) {
                    byte[] attachment = stored.attachmentOf(kept.fact());
                    int bytes = kept.fact().length + (attachment == null ? 0 : attachment.length);
                    unsent.add(Unsent.of(fact, !kept.own() && !fact.isFromHub(), bytes));
                }
            });
        }
        return unsent;
    }

    /// What was numbered and never acknowledged loses its mark: a mark of an older epoch then tells that the hub
    /// had the fact.
    static List<Row> withoutMarks(InstitutionCode clinic, @Nullable Outbox ended) {
        return ended == null
                ? List.of()
                : ended.numbered().stream()
                        .map(each -> new Row(
                                Key.of(
                                        Key.MARK,
                                        each.month(),
                                        clinic,
                                        each.fact().value()),
                                null))
                        .toList();
    }

    private Set<FactId> settled(TreatmentMonth month, @Nullable Outbox outbox) {
        Set<FactId> settled = new HashSet<>();
        if (outbox != null) {
            collect(Key.MARK, month, mark -> EdgeStoreCodec.decodeMark(mark).equals(outbox.epoch()), settled);
        }
        collect(Key.REMARK, month, remark -> isSetAside(EdgeStoreCodec.decodeRemarked(remark)), settled);
        return settled;
    }

    /// What a hub had of a month that is closed: offered again it would come too late, though it came in time. Only
    /// a date that is doubted is offered as long as there is a hub.
    private Set<FactId> taken(TreatmentMonth month) {
        Set<FactId> taken = new HashSet<>();
        collect(Key.MARK, month, _ -> true, taken);
        return taken;
    }

    private void collect(char kind, TreatmentMonth month, Predicate<byte[]> filter, Set<FactId> into) {
        rows.scan(month, Key.prefix(kind, month, clinic), (key, value) -> {
            if (filter.test(value)) {
                into.add(key.factId());
            }
        });
    }

    /// A hub that refuses a fact gives no reason: from another hub, or later, it may be taken.
    static boolean isSetAside(Remarked remarked) {
        return remarked.outcome() == Outcome.REFUSED && remarked.reason() != null;
    }
}
