package jp.kakunin.edge.store;

import java.nio.file.Path;
import jp.kakunin.keys.ClinicKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class RocksFactStoreTest extends FactStoreContract {
    @TempDir
    Path directory;

    private final ClinicKeys keys = TestKeys.fresh();

    private @Nullable CrashedCopies copies;

    @Override
    protected FactStore openAgain() {
        if (copies == null) {
            copies = new CrashedCopies(directory);
        }
        return RocksFactStore.open(copies.next(), keys, Durability.SYNC);
    }
}
