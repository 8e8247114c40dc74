package jp.kakunin.hub.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/// Why a request was not answered, for the clinic's IT supplier: an RFC 9457 problem that names what is wrong and what
/// to
/// do about it. The code is for programs and for ever.
public record Problem(int status, Code code, String detail) {
    /// What can be wrong with a request.
    public enum Code {
        CERTIFICATE_UNUSABLE,
        CERTIFICATE_EXPIRED,
        DEVICE_UNKNOWN,
        DEVICE_NOT_ACTIVE,
        ACTIVATION_NOT_MATCHING,
        ACCOUNT_LOCKED,
        TOO_MANY_TRIES,
        CODE_SPENT,
        TERMS_CHANGED,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        CONTENT_TYPE_WRONG,
        BODY_TOO_LARGE,
        FRAME_MALFORMED,
        FIELD_WRONG,
        MONTH_CLOSED,
        BUSY,
        INTERNAL
    }

    private static final String TYPE = "application/problem+json";

    public void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        var body = new JsonObject()
                .put("type", "about:blank")
                .put("title", code.name())
                .put("status", status)
                .put("detail", detail);
        response.setStatusCode(status)
                .putHeader("content-type", TYPE)
                .putHeader("cache-control", "no-store")
                .end(body.toBuffer());
    }

    static Problem bodyTooLarge(int bytesMax) {
        return new Problem(
                413,
                Code.BODY_TOO_LARGE,
                "The request body is longer than " + bytesMax + " bytes. Nothing was stored; send smaller batches.");
    }

    static Problem busy() {
        return new Problem(
                503, Code.BUSY, "The hub has as much to do as it may. Keep the connection and ask again in a moment.");
    }

    static Problem internal() {
        return new Problem(
                500,
                Code.INTERNAL,
                "The hub failed and nothing was acknowledged. Keep the facts and send them again; the operator sees the"
                        + " cause in the hub's log.");
    }
}
