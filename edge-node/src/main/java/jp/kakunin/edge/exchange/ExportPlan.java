package jp.kakunin.edge.exchange;

import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/// What the hub has not acknowledged, by the month to whose key it would be sealed. Nothing in the store is changed by
/// looking: the streams send the same facts when there is a line again.
///
/// @param items in the order in which they would be sent, one clinic after the other
/// @param tooLate facts of months that are closed
/// @param withoutKey facts of months whose key the hub never told
public record ExportPlan(
        SortedMap<TreatmentMonth, List<Item>> items,
        Map<TreatmentMonth, PublicKey> keys,
        SortedMap<TreatmentMonth, Integer> tooLate,
        SortedMap<TreatmentMonth, Integer> withoutKey) {

    public ExportPlan {
        items = Collections.unmodifiableSortedMap(items);
        tooLate = Collections.unmodifiableSortedMap(tooLate);
        withoutKey = Collections.unmodifiableSortedMap(withoutKey);
    }

    /// @param month under which the store has the fact
    public record Item(InstitutionCode clinic, FactId fact, TreatmentMonth month) {
        /// For [FactStore#outgoing]; the place in an export is given when it is filled.
        public Numbered unnumbered() {
            return new Numbered(fact, month, StreamPosition.START);
        }
    }

    /// @param clockDoubtful whether `now` is; then no month is taken for closed
    public static ExportPlan of(List<InstitutionCode> clinics, FactStore store, Instant now, boolean clockDoubtful) {
        LastHeard heard = store.lastHeard();
        Sorting sorting = new Sorting(
                heard == null ? new TreeMap<>() : new TreeMap<>(heard.policy().exportKeys()), now, clockDoubtful);
        for (InstitutionCode clinic : clinics) {
            Outbox outbox = store.outbox(clinic);
            for (Numbered each : outbox == null ? List.<Numbered>of() : outbox.numbered()) {
                Item item = new Item(clinic, each.fact(), each.month());
                sorting.add(item, isDoubtful(store.encoded(clinic, each.month(), each.fact())));
            }
            for (Unsent each : store.unsent(clinic)) {
                sorting.add(new Item(clinic, each.id(), each.month()), each.clockDoubtful());
            }
        }
        return new ExportPlan(sorting.items, sorting.keys, sorting.tooLate, sorting.withoutKey);
    }

    private static boolean isDoubtful(byte[] encoded) {
        return FactCodec.decode(encoded) instanceof Decoded.Known(Fact fact)
                && fact.envelope().clockDoubtful();
    }

    private static final class Sorting {
        private final SortedMap<TreatmentMonth, PublicKey> keys;
        private final Instant now;
        private final boolean clockDoubtful;
        private final SortedMap<TreatmentMonth, List<Item>> items = new TreeMap<>();
        private final SortedMap<TreatmentMonth, Integer> tooLate = new TreeMap<>();
        private final SortedMap<TreatmentMonth, Integer> withoutKey = new TreeMap<>();

        Sorting(SortedMap<TreatmentMonth, PublicKey> keys, Instant now, boolean clockDoubtful) {
            this.keys = keys;
            this.now = now;
            this.clockDoubtful = clockDoubtful;
        }

        void add(Item item, boolean isDoubtful) {
            TreatmentMonth seal = sealMonth(item.month(), isDoubtful);
            if (seal == null) {
                (isClosed(item.month()) ? tooLate : withoutKey).merge(item.month(), 1, Integer::sum);
            } else {
                items.computeIfAbsent(seal, _ -> new ArrayList<>()).add(item);
            }
        }

        /// A doubtful clock may have named any month; such a fact goes to the hub all the same, which files it
        /// under the month of its receipt.
        private @Nullable TreatmentMonth sealMonth(TreatmentMonth month, boolean isDoubtful) {
            if (keys.containsKey(month) && !isClosed(month)) {
                return month;
            }
            if (!isDoubtful || keys.isEmpty()) {
                return null;
            }
            TreatmentMonth current = TreatmentMonth.at(now);
            return keys.containsKey(current) ? current : keys.lastKey();
        }

        private boolean isClosed(TreatmentMonth month) {
            return month.isClosedAt(now) && !clockDoubtful;
        }
    }
}
