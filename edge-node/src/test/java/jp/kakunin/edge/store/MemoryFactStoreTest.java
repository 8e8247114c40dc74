package jp.kakunin.edge.store;

class MemoryFactStoreTest extends FactStoreContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    protected FactStore openAgain() {
        return disk.open();
    }
}
