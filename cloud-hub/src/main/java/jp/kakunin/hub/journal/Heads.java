package jp.kakunin.hub.journal;

import java.nio.ByteBuffer;
import java.util.TreeMap;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
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

    private Head visible(Head head) {
        if (closedThrough == null) {
            return head;
        }
        var tips = new TreeMap<>(head.tips());
        tips.keySet().removeIf(this::isClosed);
        return new Head(head.revision(), tips);
    }
}
