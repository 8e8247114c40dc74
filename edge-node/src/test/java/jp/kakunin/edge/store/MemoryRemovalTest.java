package jp.kakunin.edge.store;

class MemoryRemovalTest extends RemovalContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    FactStore openAgain() {
        return disk.open();
    }
}
