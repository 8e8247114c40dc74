package jp.kakunin.hub.erasure;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import jp.kakunin.journal.ClosedMonth;

/// Where it is written down which months are forgotten.
@FunctionalInterface
public interface ReceiptBook {
    /// Writes a receipt for each of these months that has none.
    void write(List<ClosedMonth> closed, Instant keysDestroyed) throws IOException;
}
