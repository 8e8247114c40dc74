package jp.kakunin.exchange;

import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.TreatmentMonth;

/// How far a reader has come in a clinic: the last position read in each open month, in one life of the hub.
public record Cursor(Incarnation incarnation, Map<TreatmentMonth, Long> months) {
    public Cursor {
        months = Map.copyOf(months);
    }

    public long positionIn(TreatmentMonth month) {
        return months.getOrDefault(month, 0L);
    }

    public Cursor moved(TreatmentMonth month, long position) {
        var moved = new TreeMap<>(months);
        moved.put(month, position);
        return new Cursor(incarnation, moved);
    }
}
