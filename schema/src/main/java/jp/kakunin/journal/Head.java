package jp.kakunin.journal;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;

/// The newest state of a clinic. `revision` counts every change, so that one comparison covers facts, summaries, stream
/// states and worklist alike.
public record Head(long revision, SortedMap<TreatmentMonth, Tip> tips) {
    public static final Head EMPTY = new Head(0, new TreeMap<>());

    /// The last position of a clinic-month and the chain hash up to it: chain(n) = SHA-256( chain(n-1) |
    /// SHA-256(fact bytes) ).
    public record Tip(long position, Digest chain) {
        public static final Tip START = new Tip(0, Digest.ZERO);

        public Tip after(byte[] fact) {
            return new Tip(
                    position + 1, Digest.of(chain.bytes(), Digest.of(fact).bytes()));
        }
    }

    public Head {
        tips = Collections.unmodifiableSortedMap(new TreeMap<>(tips));
    }

    public Tip tip(TreatmentMonth month) {
        return tips.getOrDefault(month, Tip.START);
    }

    public Head next(Map<TreatmentMonth, Tip> moved) {
        var all = new TreeMap<>(tips);
        all.putAll(moved);
        return new Head(revision + 1, all);
    }
}
