package jp.kakunin.edge.exchange;

import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.edge.exchange.ConnectionState.Cause;

/// Which of the clinic's remedies a failure calls for.
final class Causes {
    private static final int DEPTH_MAX = 10;

    private Causes() {}

    static Cause of(Throwable failure) {
        Throwable each = failure;
        for (int depth = 0; each != null && depth < DEPTH_MAX; depth++) {
            switch (each) {
                case UnknownHostException _ -> {
                    return Cause.DNS;
                }
                case SSLException insecure
                when insecure.getCause() instanceof NotSslRecordException -> {
                    return Cause.PORTAL;
                }
                case SSLException _, GeneralSecurityException _ -> {
                    return Cause.TLS;
                }
                case ConnectException _, NoRouteToHostException _ -> {
                    return Cause.TCP;
                }
                case TimeoutException _ -> {
                    return Cause.TIMEOUT;
                }
                case MalformedFrameException _ -> {
                    return Cause.HUB;
                }
                default -> each = each.getCause();
            }
        }
        return Cause.TCP;
    }
}
