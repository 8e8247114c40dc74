package jp.kakunin.load.verification;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import jp.kakunin.domain.VisitId;
import org.jspecify.annotations.Nullable;

/// What became of each planned visit. In plain arrays, because there may be millions.
public final class VisitTrace {
    /// How far a visit came; each further one implies those before.
    public enum Stage {
        PLANNED,
        /// The tester could not keep up; nobody recorded it.
        DROPPED,
        /// At an edge, not sent yet.
        RECORDED,
        /// Sent, and nobody knows what became of it.
        SENT,
        /// The hub will not have it, or sets it aside.
        REFUSED,
        /// On the hub's disk, it said.
        ACKNOWLEDGED
    }

    private final AtomicReferenceArray<Stage> stages;
    private final AtomicIntegerArray answered;
    private final long[] high;
    private final long[] low;

    public VisitTrace(int visits) {
        stages = new AtomicReferenceArray<>(visits);
        for (int visit = 0; visit < visits; visit++) {
            stages.setPlain(visit, Stage.PLANNED);
        }
        answered = new AtomicIntegerArray(visits);
        high = new long[visits];
        low = new long[visits];
    }

    public int size() {
        return high.length;
    }

    public void recorded(int visit, VisitId id) {
        high[visit] = id.value().getMostSignificantBits();
        low[visit] = id.value().getLeastSignificantBits();
        stages.set(visit, Stage.RECORDED);
    }

    public void reached(int visit, Stage stage) {
        stages.set(visit, stage);
    }

    public Stage stage(int visit) {
        return stages.get(visit);
    }

    public void answered(int visit) {
        answered.set(visit, 1);
    }

    public boolean isAnswered(int visit) {
        return answered.get(visit) != 0;
    }

    /// Null before it was recorded.
    public @Nullable UUID id(int visit) {
        return stage(visit).compareTo(Stage.RECORDED) < 0 ? null : new UUID(high[visit], low[visit]);
    }

    public long count(Stage stage) {
        long count = 0;
        for (int i = 0; i < size(); i++) {
            count += stage(i) == stage ? 1 : 0;
        }
        return count;
    }
}
