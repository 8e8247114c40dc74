package jp.kakunin.edge.activation;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.exchange.HubCheck;
import org.jspecify.annotations.Nullable;

/// The part of the hub that makes devices, asked over HTTPS. Blocks while the hub thinks.
final class HubOffice {
    private static final String ACTIVATION = "/v1/activation";
    private static final String RENEWAL = "/v1/renewal";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES_MAX = 256 * 1024;
    private static final int OK = 200;

    /// Asks who the hub is and what its terms are; what comes is believed only if the CA is the one the sheet
    /// means.
    Offer offer(URI hub, HubCheck check) throws TroubleException {
        JsonObject said;
        try {
            said = send(Tls.unverified(), request(hub, ACTIVATION).GET().build());
            String authorities = said.getString("authorities", "");
            JsonObject terms = said.getJsonObject("terms", new JsonObject());
            for (X509Certificate each : Tls.certificates(authorities)) {
                if (!HubCheck.of(each.getEncoded()).equals(check)) {
                    throw new TroubleException(Trouble.HUB_IS_ANOTHER, null);
                }
            }
            if (authorities.isEmpty() || terms.isEmpty()) {
                throw new TroubleException(Trouble.HUB_FAILED, null);
            }
            return new Offer(
                    hub,
                    authorities,
                    terms.getString("version", ""),
                    terms.getString("ja", ""),
                    terms.getString("en", ""));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new TroubleException(Trouble.HUB_FAILED, e);
        }
    }

    /// @return what the hub answers
    JsonObject activate(Offer offer, Sheet sheet, String signingRequest) throws TroubleException {
        var body = new JsonObject()
                .put("institutionCode", sheet.clinic().digits())
                .put("id", sheet.id())
                .put("password", sheet.password())
                .put("activationCode", sheet.code())
                .put("terms", offer.termsVersion())
                .put("signingRequest", signingRequest);
        try {
            return send(Tls.trusting(offer.authorities()), post(offer.hub(), ACTIVATION, body));
        } catch (GeneralSecurityException | IOException e) {
            throw new TroubleException(Trouble.HUB_FAILED, e);
        }
    }

    /// @return the new certificate, PEM
    String renew(EdgeIdentity identity, String signingRequest) throws TroubleException {
        try {
            JsonObject said = send(
                    Tls.as(identity, _ -> {}),
                    post(identity.hub(), RENEWAL, new JsonObject().put("signingRequest", signingRequest)));
            return said.getString("certificate", "");
        } catch (GeneralSecurityException | IOException | ClassCastException e) {
            throw new TroubleException(Trouble.HUB_FAILED, e);
        }
    }

    private static HttpRequest.Builder request(URI hub, String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(ANSWER);
    }

    private static HttpRequest post(URI hub, String path, JsonObject body) {
        return request(hub, path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode(), StandardCharsets.UTF_8))
                .build();
    }

    private static JsonObject send(SSLContext tls, HttpRequest request) throws TroubleException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            JsonObject body;
            try (InputStream in = response.body()) {
                body = new JsonObject(new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8));
            }
            if (response.statusCode() != OK) {
                throw new TroubleException(trouble(body.getString("title")), null);
            }
            return body;
        } catch (IOException e) {
            throw new TroubleException(Trouble.HUB_UNREACHABLE, e);
        } catch (DecodeException | ClassCastException e) {
            throw new TroubleException(Trouble.HUB_FAILED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TroubleException(Trouble.HUB_UNREACHABLE, e);
        }
    }

    private static Trouble trouble(@Nullable String title) {
        return switch (title) {
            case "ACTIVATION_NOT_MATCHING" -> Trouble.NOT_MATCHING;
            case "ACCOUNT_LOCKED", "TOO_MANY_TRIES" -> Trouble.LOCKED;
            case "CODE_SPENT" -> Trouble.CODE_SPENT;
            case "TERMS_CHANGED" -> Trouble.TERMS_CHANGED;
            case null, default -> Trouble.HUB_FAILED;
        };
    }
}
