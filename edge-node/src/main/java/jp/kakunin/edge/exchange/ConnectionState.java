package jp.kakunin.edge.exchange;

import java.time.Instant;
import jp.kakunin.exchange.Refusal;

/// How the edge stands with the hub, as the desk shows it.
public sealed interface ConnectionState {
    record Connected(Instant since) implements ConnectionState {}

    record Offline(Instant since, Cause cause) implements ConnectionState {}

    /// The hub answers, but not for this device.
    record Refused(Instant since, Refusal refusal) implements ConnectionState {}

    /// Where it breaks; each points the clinic and its supplier to another remedy.
    enum Cause {
        /// Not tried yet since the start.
        STARTING,
        /// The hub's name is not found: mostly no internet line at all.
        DNS,
        /// The name is found, but no connection comes about.
        TCP,
        /// Certificates do not match, or something sits in the line.
        TLS,
        /// Whoever answers does not even speak TLS: a sign-in page, or a proxy.
        PORTAL,
        /// The device's certificate has ended by the hub's clock: it needs a new activation code.
        EXPIRED,
        /// Connected, but no answer in time.
        TIMEOUT,
        /// The hub answers with something else than the protocol.
        HUB,
        /// The hub asks to come again later.
        BUSY
    }
}
