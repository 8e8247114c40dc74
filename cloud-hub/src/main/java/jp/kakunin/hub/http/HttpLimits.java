package jp.kakunin.hub.http;

import java.time.Duration;
import jp.kakunin.exchange.Limits;

/// The limits of the exchange port.
///
/// @param connectionsMax connections that may be open; further ones are closed before TLS
/// @param handshakesMax TLS handshakes that may run at once, about what a second brings; further ones are closed
/// @param acceptBacklogMax connections the system holds until they are looked at
/// @param streamsMax requests that one HTTP/2 connection may have open
/// @param bodyBytesMax one request body
/// @param bodiesBytesMax all request bodies that are being received or decided about
/// @param idle a connection on which nothing has moved for so long is closed; longer than the longest wait
/// @param handshake a handshake that takes longer is given up
public record HttpLimits(
        int connectionsMax,
        int handshakesMax,
        int acceptBacklogMax,
        int streamsMax,
        int bodyBytesMax,
        long bodiesBytesMax,
        Duration idle,
        Duration handshake) {
    public static final HttpLimits DEFAULT = new HttpLimits(
            100_000,
            64,
            4_096,
            16,
            Limits.FRAME_BYTES_MAX,
            256L * 1024 * 1024,
            Limits.WAIT_MAX.plusSeconds(65),
            Duration.ofSeconds(10));
}
