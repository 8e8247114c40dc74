package jp.kakunin.edge.exchange;

/// A line that never answers.
final class NoLink implements HubLink {
    @Override
    public void send(Sending sending, Listener listener) {}

    @Override
    public void hangUp() {}

    @Override
    public void close() {}
}
