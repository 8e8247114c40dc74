package jp.kakunin.edge.store;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// The disk below the store: sorted rows, one shelf per treatment month and one for the rest; see [Key].
interface Rows extends AutoCloseable {
    byte @Nullable [] get(Key key);

    /// All rows of a month's shelf, or of the rest for null, whose keys begin with the prefix, in key order.
    void scan(@Nullable TreatmentMonth month, byte[] prefix, BiConsumer<Key, byte[]> row);

    Set<TreatmentMonth> months();

    /// One atomic write, on disk when it returns. If it fails, nothing of it counts.
    ///
    /// @throws StoreFullException when even the reserve did not help
    void write(List<Row> changes);

    /// Drops these months and all that could open a copy of them.
    void forget(Set<TreatmentMonth> months);

    /// Takes out of the files what was deleted from them, as far as there is room to.
    void sweep();

    /// Destroys what could open a row of the clinic, in whatever copy; none may be left.
    ///
    /// @return whether there was something to destroy
    boolean forget(InstitutionCode clinic);

    /// Whether the month was forgotten: nothing can be written to it any more.
    boolean isForgotten(TreatmentMonth month);

    /// Whether there is room for something new; tries to get the reserve back if it was needed.
    boolean hasRoom();

    /// Like [#hasRoom], it tries to get the reserve back.
    StoreCondition condition();

    @Override
    void close();
}
