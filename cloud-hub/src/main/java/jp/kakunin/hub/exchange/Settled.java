package jp.kakunin.hub.exchange;

/// What became of a change that the hub wanted to make by itself.
public enum Settled {
    RECORDED,
    /// It was made meanwhile, or its month is closed.
    NOTHING_TO_DO,
    /// Nothing was recorded: come again later.
    BUSY
}
