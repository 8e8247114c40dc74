package jp.kakunin.hub.journal;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import org.jspecify.annotations.Nullable;

/// The heads as they may be seen: without the months that are closed.
final class Heads {
    private final Store store;
    private volatile @Nullable TreatmentMonth closedThrough;

    Heads(Store store) {
        this.store = store;
        byte[] index = store.get(null, Keys.CLOSED);
        closedThrough = index == null
                ? null
                : TreatmentMonth.ofIndex(ByteBuffer.wrap(index).getInt());
    }

    Head of(InstitutionCode clinic) {
        byte[] stored = store.get(null, Keys.head(clinic));
        return stored == null ? Head.EMPTY : visible(JournalCodec.decodeHead(stored));
    }

    @Nullable
    TreatmentMonth closedThrough() {
        return closedThrough;
    }

    boolean isClosed(TreatmentMonth month) {
        TreatmentMonth through = closedThrough;
        return through != null && month.compareTo(through) <= 0;
    }

    /// Older months never open again.
    TreatmentMonth close(TreatmentMonth month) {
        TreatmentMonth through = closedThrough;
        TreatmentMonth newest = through != null && through.compareTo(month) > 0 ? through : month;
        closedThrough = newest;
        return newest;
    }

    /// The head as it is stored: with what it tells of months that are hidden and not yet counted.
    Head kept(InstitutionCode clinic, Head next) {
        if (store.hidden().isEmpty()) {
            return next;
        }
        byte[] stored = store.get(null, Keys.head(clinic));
        var tips = new TreeMap<>(next.tips());
        if (stored != null) {
            JournalCodec.decodeHead(stored).tips().forEach((month, tip) -> {
                if (store.hidden().containsKey(month)) {
                    tips.put(month, tip);
                }
            });
        }
        return new Head(next.revision(), tips);
    }

    /// What the heads of all clinics tell about a month, in the order of the clinics.
    ClosedMonth remains(TreatmentMonth month, Digest key) {
        AtomicReference<ClosedMonth> remains = new AtomicReference<>(ClosedMonth.begin(month, key));
        byte[] prefix = {Keys.HEAD};
        store.scan(null, prefix, prefix, (name, value) -> {
            Head.Tip tip = JournalCodec.decodeHead(value).tips().get(month);
            if (tip != null) {
                String clinic = Keys.clinicOf(name).digits();
                remains.updateAndGet(before -> before.plus(clinic, tip));
            }
            return true;
        });
        return remains.get();
    }

    private Head visible(Head head) {
        if (closedThrough == null) {
            return head;
        }
        var tips = new TreeMap<>(head.tips());
        tips.keySet().removeIf(this::isClosed);
        return new Head(head.revision(), tips);
    }
}
