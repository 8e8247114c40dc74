package jp.kakunin.edge.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class RocksFactStoreTest extends FactStoreContract {
    @TempDir
    Path directory;

    private @Nullable CrashedCopies copies;

    @Override
    protected FactStore openAgain() {
        if (copies == null) {
            copies = new CrashedCopies(directory);
        }
        return RocksFactStore.open(copies.next(), Durability.SYNC);
    }
}
