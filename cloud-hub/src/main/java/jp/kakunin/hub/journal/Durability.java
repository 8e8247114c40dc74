package jp.kakunin.hub.journal;

/// Whether a commit waits for the disk.
public enum Durability {
    SYNC,
    /// Only for the test that proves that the power-cut test can fail.
    UNSAFE_NO_SYNC;

    private static final String PROPERTY = "kakunin.unsafeNoSync";

    /// [#SYNC] unless the process was started with `-Dkakunin.unsafeNoSync=true`.
    public static Durability ofProcess() {
        return Boolean.getBoolean(PROPERTY) ? UNSAFE_NO_SYNC : SYNC;
    }
}
