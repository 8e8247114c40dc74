package jp.kakunin.load.replay;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The keys of a whole fleet behind one TLS context, which is much smaller than a context for each edge. Which edge
/// shakes hands stands in the port its TLS engine is told, which nobody else looks at: its number plus one. The same
/// port keeps the sessions of two edges apart.
final class DeviceKeys extends X509ExtendedKeyManager {
    private final List<Identities.Identity> identities;

    DeviceKeys(List<Identities.Identity> identities) {
        this.identities = identities;
    }

    static int portOf(int edge) {
        return edge + 1;
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        if (engine == null) {
            throw new IllegalArgumentException("the keys of a fleet are chosen by the engine");
        }
        return String.valueOf(engine.getPeerPort() - 1);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity(alias).key();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {identity(alias).certificate()};
    }

    private Identities.Identity identity(String alias) {
        return identities.get(Integer.parseInt(alias));
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
