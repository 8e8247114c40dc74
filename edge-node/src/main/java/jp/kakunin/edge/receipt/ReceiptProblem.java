package jp.kakunin.edge.receipt;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// What the API refuses, as problem details (RFC 9457). The name is the code, for ever.
enum ReceiptProblem {
    KEY_WRONG(
            401,
            "The key is missing or wrong.",
            "Send \"Authorization: Bearer KEY\"; make one with: edge receipt-key add NAME"),
    TOO_MANY_WRONG_KEYS(429, "Too many wrong keys.", "Wait for Retry-After seconds and send the right key."),
    TOO_FAST(
            429,
            "Too many requests with this key.",
            "Wait for Retry-After seconds; follow /changes instead of asking for all visits."),
    TOO_MANY_WAITING(429, "Too many requests wait with this key.", "Let one request wait at a time."),
    CLINIC_HIDDEN(
            403,
            "The clinic may not be seen on this device.",
            "The staff see the reason on the desk; ask the operator of the network."),
    NOT_FOUND(404, "There is nothing here.", "See /receipt/v1/openapi.json."),
    VISIT_UNKNOWN(404, "There is no such visit, or its month is closed.", "Drop it; visits are found with /visits."),
    FIELD_INVALID(400, "A field is not understood.", "See /receipt/v1/openapi.json for what the field may be."),
    CHANGES_RESET(
            410,
            "The sequence of changes began anew.",
            "Begin again without `after`: all visits come, then go on from `next`."),
    NOT_ACCEPTABLE(
            406,
            "That form is not written here.",
            "Accept application/json, or for one visit application/xml with charset utf-8 or windows-31j."),
    BODY_TOO_LARGE(413, "The body is too large or has no length.", "Send Content-Length and at most 1024 bytes."),
    REFERENCE_INVALID(422, "The reference is not one.", "Send 1 to 30 printable characters."),
    REFERENCE_LOOKS_LIKE_MY_NUMBER(
            422,
            "The reference could be a My Number.",
            "Send the clinic's own number of the patient; never twelve digits in a row."),
    STORE_FULL(503, "The disk is full.", "Make space; the desk says how. Then try again."),
    BUSY(503, "There is too much to do.", "Try again after Retry-After seconds."),
    INTERNAL(500, "That did not work.", "Try again; if it stays so, call the supplier of the edge.");

    private final int status;
    private final String title;
    private final String remedy;

    ReceiptProblem(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    int status() {
        return status;
    }

    JsonObject json() {
        return new JsonObject()
                .put(
                        "type",
                        "urn:kakunin:receipt:" + name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("title", title)
                .put("status", status)
                .put("code", name())
                .put("remedy", remedy);
    }

    JsonObject json(String field) {
        return json().put("field", field);
    }
}
