package jp.kakunin.edge.store;

/// Whether a write waits for the disk.
public enum Durability {
    SYNC,
    /// Loses recorded facts at a power cut. Only for the test that proves it.
    UNSAFE_NO_SYNC;

    private static final String PROPERTY = "kakunin.unsafeNoSync";

    /// [#SYNC] unless the process was started with `-Dkakunin.unsafeNoSync=true`.
    public static Durability ofProcess() {
        return Boolean.getBoolean(PROPERTY) ? UNSAFE_NO_SYNC : SYNC;
    }
}
