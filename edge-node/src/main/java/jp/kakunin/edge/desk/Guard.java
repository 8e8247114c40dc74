package jp.kakunin.edge.desk;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Who may talk to the desk. It listens on loopback, but so does every page the same browser has open: those must
/// neither read it (Host) nor write to it (form token, Origin). Programs need the token of the run file.
final class Guard {
    private static final String SESSION = "kakunin-desk";
    private static final int SESSION_BYTES = 16;
    private static final String HMAC = "HmacSHA256";
    private static final Pattern LOOPBACK = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:\\d{1,5})?");
    private static final String BEARER = "Bearer ";
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final SecretKeySpec key;
    private final byte[] apiToken;
    private final RandomGenerator random;

    /// @param secret kept on disk, so that a page opened before a restart can still send its form
    Guard(byte[] secret, String apiToken, RandomGenerator random) {
        this.key = new SecretKeySpec(secret, HMAC);
        this.apiToken = apiToken.getBytes(StandardCharsets.US_ASCII);
        this.random = random;
    }

    static void harden(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    static boolean isForUs(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host != null && LOOPBACK.matcher(host).matches();
    }

    /// The token for this browser's forms; gives the browser its session if it has none.
    String formToken(HttpServerRequest request) {
        String known = DeskCookies.read(request, SESSION);
        if (known != null && known.length() == SESSION_BYTES * 2) {
            return tokenOf(known);
        }
        byte[] session = new byte[SESSION_BYTES];
        random.nextBytes(session);
        String value = HexFormat.of().formatHex(session);
        DeskCookies.give(request, SESSION, value);
        return tokenOf(value);
    }

    boolean isOurForm(HttpServerRequest request, @Nullable String token) {
        String session = DeskCookies.read(request, SESSION);
        String origin = request.getHeader("Origin");
        String here = (request.isSSL() ? "https://" : "http://") + request.getHeader("Host");
        boolean sameOrigin = origin == null || origin.equals(here);
        return sameOrigin && session != null && token != null && same(tokenOf(session), token);
    }

    boolean hasApiToken(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        return header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(
                        header.substring(BEARER.length()).getBytes(StandardCharsets.US_ASCII), apiToken);
    }

    private String tokenOf(String session) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(session.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }
}
