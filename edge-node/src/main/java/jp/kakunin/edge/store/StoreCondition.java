package jp.kakunin.edge.store;

/// How the store is, as the desk shows it.
public enum StoreCondition {
    HEALTHY,
    /// It was damaged; what could be read was brought over, the damaged one lies beside it.
    SALVAGED,
    /// The disk is full: nothing begun is lost, the next check goes on paper until there is space again.
    FULL
}
