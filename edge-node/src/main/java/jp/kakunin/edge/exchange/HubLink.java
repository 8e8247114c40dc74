package jp.kakunin.edge.exchange;

import java.time.Duration;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;

/// The line to the hub. Never blocks; tells the outcome of each request at most once, from any thread.
public interface HubLink extends AutoCloseable {
    void send(Sending sending, Listener listener);

    /// Drops the connection; the next request opens a new one.
    void hangUp();

    /// The device has a new certificate: the next connection is opened with it.
    void renewed(EdgeIdentity identity);

    @Override
    void close();

    interface Listener {
        void replied(Sending sending, Reply reply);

        /// The hub answers, but not this device.
        void refused(Sending sending, Refusal refusal);

        void failed(Sending sending, ConnectionState.Cause cause);

        /// What stands before the hub has no room, and says when to come again.
        void sentAway(Sending sending, Duration retryAfter);
    }
}
