package jp.kakunin.hub.http;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import jp.kakunin.hub.pki.TicketKeys;

/// BoringSSL with ticket keys that outlive the process. The sessions are in the tickets, so the hub keeps none.
final class ResumingTls extends OpenSSLEngineOptions {
    private static final int NAME_END = OpenSslSessionTicketKey.NAME_SIZE;
    private static final int HMAC_END = NAME_END + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
    private static final int AES_END = HMAC_END + OpenSslSessionTicketKey.AES_KEY_SIZE;

    private final TicketKeys tickets;

    ResumingTls(TicketKeys tickets) {
        this.tickets = tickets;
        setSessionCacheEnabled(false);
    }

    /// Whether the handshake that this engine has just finished was a short one.
    static boolean isResumed(SSLEngine engine) {
        return engine instanceof ReferenceCountedOpenSslEngine open && SSL.isSessionReused(open.sslPointer());
    }

    @Override
    public ResumingTls copy() {
        return new ResumingTls(tickets);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return new DefaultSslContextFactory(SslProvider.OPENSSL, isSessionCacheEnabled()) {
            @Override
            public SslContext create() throws SSLException {
                SslContext made = super.create();
                if (made.sessionContext() instanceof OpenSslSessionContext sessions) {
                    tickets.use(secrets -> sessions.setTicketKeys(keys(secrets)));
                }
                return made;
            }
        };
    }

    private static OpenSslSessionTicketKey[] keys(List<byte[]> secrets) {
        return secrets.stream()
                .map(secret -> new OpenSslSessionTicketKey(
                        Arrays.copyOf(secret, NAME_END),
                        Arrays.copyOfRange(secret, NAME_END, HMAC_END),
                        Arrays.copyOfRange(secret, HMAC_END, AES_END)))
                .toArray(OpenSslSessionTicketKey[]::new);
    }
}
