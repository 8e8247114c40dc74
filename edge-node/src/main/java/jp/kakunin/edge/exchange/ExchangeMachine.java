package jp.kakunin.edge.exchange;

/// To be written: `Work poll(Moment)`, `replied(Sending, Reply, Moment)`, `failed(Sending, Cause, Moment)`,
/// `recorded(InstitutionCode, Collection<FactId> live, Moment)`.
public final class ExchangeMachine {
    private ExchangeMachine() {}
}
