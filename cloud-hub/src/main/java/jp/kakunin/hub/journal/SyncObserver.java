package jp.kakunin.hub.journal;

/// Told after each group of commits has reached the disk, on the committer's thread: must not block.
@FunctionalInterface
public interface SyncObserver {
    SyncObserver NONE = (_, _) -> {};

    /// @param commits how many shared the one sync
    /// @param nanos how long writing and syncing took
    void synced(int commits, long nanos);
}
