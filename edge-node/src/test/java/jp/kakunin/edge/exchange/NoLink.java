package jp.kakunin.edge.exchange;

import jp.kakunin.edge.identity.EdgeIdentity;

/// A line that never answers.
final class NoLink implements HubLink {
    @Override
    public void send(Sending sending, Listener listener) {}

    @Override
    public void hangUp() {}

    @Override
    public void renewed(EdgeIdentity identity) {}

    @Override
    public void close() {}
}
