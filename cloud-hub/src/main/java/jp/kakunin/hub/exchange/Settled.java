package jp.kakunin.hub.exchange;

/// What became of an answer from the authority.
public enum Settled {
    RECORDED,
    /// The check was answered meanwhile, or its month is closed.
    NOTHING_TO_DO,
    /// Nothing was recorded: come again later.
    BUSY
}
