package jp.kakunin.edge.disk;

class MemoryOsKeyTest extends OsKeyContract {
    @Override
    protected OsKey newKey() {
        return new MemoryOsKey();
    }

    @Override
    protected OsKey strange() {
        return new MemoryOsKey();
    }
}
