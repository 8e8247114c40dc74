package jp.kakunin.hub.journal;

/// Whether a commit waits for the disk.
public enum Durability {
    SYNC,
    /// Only for the test that proves that the power-cut test can fail.
    UNSAFE_NO_SYNC
}
