package jp.kakunin.exchange;

import java.time.Duration;
import java.util.List;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import org.jspecify.annotations.Nullable;

/// A request carries facts or waits for new ones, never both.
public sealed interface Request {
    Instance instance();

    /// At most one batch per stream; each stream is answered by itself.
    record Push(Instance instance, DeviceReport report, List<Batch> batches) implements Request {
        public Push {
            batches = List.copyOf(batches);
        }
    }

    /// Waits for facts of the clinic behind the cursor; without a cursor from the beginning.
    record Wait(
            Instance instance,
            InstitutionCode clinic,
            @Nullable Cursor cursor,
            int factsMax,
            Duration patience) implements Request {}
}
