package jp.kakunin.edge.store;

/// Whether a write waits for the disk.
public enum Durability {
    SYNC,
    /// Loses recorded facts at a power cut. Only for the test that proves it.
    UNSAFE_NO_SYNC
}
