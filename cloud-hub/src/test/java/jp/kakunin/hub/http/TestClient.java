package jp.kakunin.hub.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.hub.pki.KeyedCertificate;
import org.jspecify.annotations.Nullable;

/// A device's side of the exchange port, with the JDK's own client.
final class TestClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client;
    private final URI hub;

    TestClient(int port, X509Certificate ca, @Nullable KeyedCertificate device) throws Exception {
        this.hub = URI.create("https://localhost:" + port);
        this.client = HttpClient.newBuilder().sslContext(tls(ca, device)).build();
    }

    HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
        return post(body, ExchangeCodec.CONTENT_TYPE);
    }

    HttpResponse<byte[]> post(byte[] body, String contentType) throws IOException, InterruptedException {
        return send(request("/v1/exchange")
                .header("content-type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(PATIENCE);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpClient http() {
        return client;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    static SSLContext tls(X509Certificate ca, @Nullable KeyedCertificate device)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", ca);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(device == null ? new KeyManager[0] : keys(device), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keys(KeyedCertificate device) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("device", device.key(), new char[0], new Certificate[] {device.certificate()});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        return keys.getKeyManagers();
    }
}
