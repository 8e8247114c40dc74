package jp.kakunin.edge.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.keys.ClinicKeys;
import org.jspecify.annotations.Nullable;

/// Rows that only count the facts somebody wants to write.
final class CountingRows implements Rows {
    int facts;
    private final Set<Key> seen = new HashSet<>();

    /// The clinics of the facts that a salvage finds, each fact once.
    List<InstitutionCode> of(Path image, ClinicKeys keys) throws IOException {
        new Salvage(image, keys).bringOver(this);
        return seen.stream().map(Key::clinic).toList();
    }

    @Override
    public void write(List<Row> changes) {
        for (Row row : changes) {
            if (row.key().kind() == Key.FACT && seen.add(row.key())) {
                facts++;
            }
        }
    }

    @Override
    public byte @Nullable [] get(Key key) {
        return null;
    }

    @Override
    public void scan(@Nullable TreatmentMonth month, byte[] prefix, BiConsumer<Key, byte[]> row) {}

    @Override
    public Set<TreatmentMonth> months() {
        return Set.of();
    }

    @Override
    public void forget(Set<TreatmentMonth> months) {}

    @Override
    public void sweep() {}

    @Override
    public boolean forget(InstitutionCode clinic) {
        return false;
    }

    @Override
    public boolean isForgotten(TreatmentMonth month) {
        return false;
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public StoreCondition condition() {
        return StoreCondition.HEALTHY;
    }

    @Override
    public void close() {}
}
