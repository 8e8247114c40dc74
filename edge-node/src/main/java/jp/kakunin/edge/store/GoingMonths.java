package jp.kakunin.edge.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.keys.VaultException;
import jp.kakunin.outbox.KeptFact;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.TooLate;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/// Months on their way out. That they go, and whatever changes because of it, is one write; dropping them follows and
/// is taken up at the next opening if it was cut off.
final class GoingMonths {
    private final Rows rows;
    private final StoredFacts stored;

    GoingMonths(Rows rows) {
        this.rows = rows;
        this.stored = new StoredFacts(rows);
    }

    /// The oldest months up to this one.
    Set<TreatmentMonth> upTo(TreatmentMonth through) {
        Set<TreatmentMonth> months = new TreeSet<>(rows.months());
        months.removeIf(month -> month.compareTo(through) > 0);
        return months;
    }

    /// The months of facts that a doubtful clock dated and the hub has not acknowledged: their true month may be
    /// another.
    Set<TreatmentMonth> doubted(InstitutionCode clinic, UnsentFacts unsent, @Nullable Outbox outbox) {
        Set<TreatmentMonth> doubted = new TreeSet<>();
        unsent.inOrder().stream()
                .filter(each -> each.clockDoubtful() && !each.copy())
                .forEach(each -> doubted.add(each.month()));
        for (Numbered numbered : numbered(outbox)) {
            byte[] encoded = stored.encoded(clinic, numbered.month(), numbered.fact());
            if (FactCodec.decode(encoded) instanceof Decoded.Known(Fact fact)
                    && fact.envelope().clockDoubtful()) {
                doubted.add(numbered.month());
            }
        }
        return doubted;
    }

    /// How many facts recorded here go without any hub having heard of them.
    TooLate unheard(InstitutionCode clinic, Set<TreatmentMonth> months, UnsentFacts unsent, @Nullable Outbox outbox) {
        TooLate unheard = TooLate.NONE;
        for (Unsent each : unsent.inOrder()) {
            if (months.contains(each.month())
                    && isOwn(clinic, each.month(), each.id())
                    && rows.get(Key.of(Key.MARK, each.month(), clinic, each.id().value())) == null) {
                unheard = unheard.plusOne(each.month());
            }
        }
        for (Numbered each : numbered(outbox)) {
            if (months.contains(each.month()) && isOwn(clinic, each.month(), each.fact())) {
                unheard = unheard.plusOne(each.month());
            }
        }
        return unheard;
    }

    private static List<Numbered> numbered(@Nullable Outbox outbox) {
        return outbox == null ? List.of() : outbox.numbered();
    }

    private boolean isOwn(InstitutionCode clinic, TreatmentMonth month, FactId fact) {
        byte[] value = rows.get(Key.of(Key.FACT, month, clinic, fact.value()));
        KeptFact kept = value == null ? null : EdgeStoreCodec.decodeKeptFact(value);
        return kept != null && kept.own();
    }

    void forget(Set<TreatmentMonth> months, List<Row> changes) {
        ByteBuffer going = ByteBuffer.allocate(months.size() * Integer.BYTES);
        months.forEach(month -> going.putInt(month.index()));
        List<Row> all = new ArrayList<>(changes);
        all.add(new Row(Key.going(), going.array()));
        rows.write(all);
        finish();
    }

    /// At an opening. What cannot be finished for want of space, or of the folder of keys, is tried again later;
    /// streams
    /// that numbered facts of a month that an older copy of this store brought back end here.
    void takeUp() {
        try {
            finish();
        } catch (StoreFullException | VaultException _) {
            // Hidden meanwhile.
        }
        List<Row> changes = new ArrayList<>();
        rows.scan(null, Key.prefix(Key.OUTBOX), (key, value) -> {
            Outbox outbox = EdgeStoreCodec.decodeOutbox(value);
            if (outbox.numbered().stream().anyMatch(each -> rows.isForgotten(each.month()))) {
                changes.addAll(UnsentIndex.withoutMarks(key.clinic(), outbox));
                changes.add(new Row(key, null));
            }
        });
        if (!changes.isEmpty()) {
            rows.write(changes);
        }
    }

    void finish() {
        byte[] going = rows.get(Key.going());
        if (going != null) {
            Set<TreatmentMonth> months = new TreeSet<>();
            for (ByteBuffer left = ByteBuffer.wrap(going); left.hasRemaining(); ) {
                months.add(TreatmentMonth.ofIndex(left.getInt()));
            }
            rows.forget(months);
            rows.write(List.of(new Row(Key.going(), null)));
        }
    }
}
