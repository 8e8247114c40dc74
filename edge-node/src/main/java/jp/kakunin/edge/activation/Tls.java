package jp.kakunin.edge.activation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import jp.kakunin.edge.identity.EdgeIdentity;

/// Whom the device trusts where it speaks to the hub beside the exchange, and as whom it comes.
public final class Tls {
    private static final String PROTOCOL = "TLSv1.3";

    private Tls() {}

    /// Trusts whoever answers. Only for what is compared with the set-up sheet before it is believed.
    static SSLContext unverified() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    static SSLContext trusting(String authorities) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        context.init(null, trust(authorities), null);
        return context;
    }

    /// @param witness is shown the certificates of the other end, before they are judged
    public static SSLContext as(EdgeIdentity identity, Consumer<X509Certificate[]> witness)
            throws GeneralSecurityException, IOException {
        TrustManager[] trust = trust(Files.readString(identity.hubCertificates()));
        for (int i = 0; i < trust.length; i++) {
            if (trust[i] instanceof X509ExtendedTrustManager judge) {
                trust[i] = new WitnessedTrust(judge, witness);
            }
        }
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        context.init(keys(identity), trust, null);
        return context;
    }

    public static Collection<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /// The certificate in force.
    public static X509Certificate certificate(EdgeIdentity identity) throws GeneralSecurityException, IOException {
        return certificates(Files.readString(identity.deviceCertificate())).stream()
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("the file of the certificate holds none"));
    }

    private static TrustManager[] trust(String authorities) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int number = 0;
        for (X509Certificate each : certificates(authorities)) {
            trusted.setCertificateEntry("hub-" + number++, each);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    private static KeyManager[] keys(EdgeIdentity identity) throws GeneralSecurityException, IOException {
        var certificate = certificates(Files.readString(identity.deviceCertificate()));
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        var key = identity.signingKey();
        own.setKeyEntry("device", key, new char[0], certificate.toArray(Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        return keys.getKeyManagers();
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
