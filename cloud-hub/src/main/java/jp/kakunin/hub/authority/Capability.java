package jp.kakunin.hub.authority;

/// What an authority can be asked.
public enum Capability {
    /// With the card present, as of today.
    ASK_NOW,
    /// With evidence captured earlier, as of the treatment date.
    ASK_CAPTURED,
    /// By insurer, symbol and number instead of a card.
    ASK_BY_NUMBER
}
