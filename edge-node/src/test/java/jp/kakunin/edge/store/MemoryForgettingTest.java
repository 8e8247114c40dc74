package jp.kakunin.edge.store;

class MemoryForgettingTest extends ForgettingContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    FactStore openAgain() {
        return disk.open();
    }
}
