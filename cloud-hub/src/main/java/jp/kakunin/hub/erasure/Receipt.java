package jp.kakunin.hub.erasure;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;

/// One line that says a month was forgotten: what was counted, which key was destroyed and when, signed by the hub and
/// chained to the receipt before it.
///
///     {"month":"2026-09","keyDestroyed":"2026-11-01T00:00:03.120+09:00","key":HEX,"clinics":N,"facts":N,
///      "standings":{WORD:N,…},"heads":HEX,"previous":HEX,"signature":BASE64}
///
/// `keyDestroyed` is when the receipt was written: the key was gone by then. `UNREADABLE` counts damaged summaries.
/// `previous` is the SHA-256 of the line before it, or zeros; the signature is Ed25519 over the line up to its own
/// comma.
record Receipt(String line) {
    private static final String SIGNATURE = ",\"signature\":\"";
    private static final String ALGORITHM = "Ed25519";

    static Receipt make(ClosedMonth closed, Instant keyDestroyed, Digest previous, PrivateKey key) {
        JsonObject standings = new JsonObject();
        if (closed.standings() != null) {
            closed.standings().forEach(standings::put);
        }
        String content = new JsonObject()
                .put("month", closed.month().toString())
                .put(
                        "keyDestroyed",
                        keyDestroyed
                                .atZone(TreatmentMonth.JAPAN)
                                .toOffsetDateTime()
                                .toString())
                .put("key", closed.key().toString())
                .put("clinics", closed.clinics())
                .put("facts", closed.facts())
                .put("standings", standings)
                .put("heads", closed.heads().toString())
                .put("previous", previous.toString())
                .encode();
        String signed = content.substring(0, content.length() - 1);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return new Receipt(signed + SIGNATURE + Base64.getEncoder().encodeToString(signature.sign()) + "\"}");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing a receipt needs an Ed25519 key", e);
        }
    }

    Digest digest() {
        return Digest.of(line.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws DecodeException when it is no JSON
    JsonObject json() {
        return new JsonObject(line);
    }

    TreatmentMonth month() {
        return TreatmentMonth.parse(json().getString("month"));
    }

    /// Whether this hub signed it and it follows that receipt.
    boolean isGenuine(Digest previous, PublicKey key) {
        int end = line.lastIndexOf(SIGNATURE);
        if (end < 0) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(line.substring(0, end).getBytes(StandardCharsets.UTF_8));
            JsonObject json = json();
            return signature.verify(Base64.getDecoder().decode(json.getString("signature")))
                    && previous.toString().equals(json.getString("previous"));
        } catch (GeneralSecurityException | DecodeException | IllegalArgumentException _) {
            return false;
        }
    }
}
