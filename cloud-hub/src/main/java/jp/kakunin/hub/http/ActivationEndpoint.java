package jp.kakunin.hub.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Function;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.activation.Activated;
import jp.kakunin.hub.activation.Activation;
import jp.kakunin.hub.activation.Activation.Outcome;
import jp.kakunin.hub.activation.ActivationCode;
import jp.kakunin.hub.activation.ActivationRequest;
import jp.kakunin.hub.activation.Refused;
import jp.kakunin.hub.activation.SigningRequest;
import jp.kakunin.hub.activation.Terms;
import jp.kakunin.hub.pki.DeviceCertificate;
import org.jspecify.annotations.Nullable;

/// How a device becomes one and stays one:
///
/// - `GET /v1/activation`: the hub's CA and the terms, for anybody;
/// - `POST /v1/activation`: codes and a signing request against an identity, for anybody;
/// - `POST /v1/renewal`: a signing request against a certificate, for a device with its certificate.
final class ActivationEndpoint {
    static final String ACTIVATION = "/v1/activation";
    static final String RENEWAL = "/v1/renewal";

    private static final int BODY_BYTES_MAX = 16 * 1024;
    private static final long BODIES_BYTES_MAX = 1024 * 1024;
    private static final String JSON = "application/json";

    private final Activation activation;
    private final Callers callers;
    private final Executor worker;
    private final Bodies bodies = new Bodies(BODY_BYTES_MAX, BODIES_BYTES_MAX);

    /// @param worker refuses what it cannot do soon
    ActivationEndpoint(Activation activation, Callers callers, Executor worker) {
        this.activation = activation;
        this.callers = callers;
        this.worker = worker;
    }

    Future<Buffer> activate(HttpServerRequest request) {
        if (HttpMethod.GET.equals(request.method())) {
            request.response().putHeader("content-type", JSON);
            return Future.succeededFuture(offer().toBuffer());
        }
        String source = request.remoteAddress() == null
                ? ""
                : String.valueOf(request.remoteAddress().hostAddress());
        return answer(request, json -> {
            ActivationRequest wish = wish(json);
            return () -> json(done(activation.activate(wish, source)));
        });
    }

    Future<Buffer> renew(HttpServerRequest request) {
        DeviceId device = callers.deviceOf(request);
        Digest presented = DeviceCertificate.fingerprint(Callers.certificateOf(request));
        return answer(request, json -> {
            SigningRequest signing = SigningRequest.parse(field(json, "signingRequest"));
            return () -> new JsonObject().put("certificate", done(activation.renew(device, presented, signing)));
        });
    }

    private Future<Buffer> answer(HttpServerRequest request, Function<JsonObject, Callable<JsonObject>> read) {
        if (!HttpMethod.POST.equals(request.method())) {
            throw new Rejection(new Problem(405, Problem.Code.METHOD_NOT_ALLOWED, "This address takes POST only."));
        }
        if (!JSON.equals(request.getHeader("content-type"))) {
            throw new Rejection(
                    new Problem(415, Problem.Code.CONTENT_TYPE_WRONG, "The content type must be " + JSON + "."));
        }
        request.response().putHeader("content-type", JSON);
        return bodies.receive(request, body -> later(understood(body, read))).map(JsonObject::toBuffer);
    }

    private static Callable<JsonObject> understood(Buffer body, Function<JsonObject, Callable<JsonObject>> read) {
        try {
            return read.apply(new JsonObject(body));
        } catch (DecodeException | ClassCastException e) {
            throw new Rejection(new Problem(400, Problem.Code.FIELD_WRONG, "The body must be a JSON object of texts."));
        } catch (IllegalArgumentException e) {
            throw new Rejection(
                    new Problem(400, Problem.Code.FIELD_WRONG, "A field cannot be used: " + e.getMessage() + "."));
        }
    }

    private Future<JsonObject> later(Callable<JsonObject> work) {
        Promise<JsonObject> promise = Promise.promise();
        worker.execute(() -> {
            try {
                promise.complete(work.call());
            } catch (Exception e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }

    private JsonObject offer() {
        Terms terms = activation.terms();
        return new JsonObject()
                .put("authorities", DeviceCertificate.pem(activation.authority()))
                .put(
                        "terms",
                        new JsonObject()
                                .put("version", terms.version())
                                .put("ja", terms.japanese())
                                .put("en", terms.english()));
    }

    private static ActivationRequest wish(JsonObject json) {
        String password = field(json, "password");
        if (password.length() > ActivationRequest.PASSWORD_CHARACTERS_MAX) {
            throw new IllegalArgumentException("the password is too long");
        }
        return new ActivationRequest(
                new InstitutionCode(field(json, "institutionCode")),
                field(json, "id"),
                password,
                new ActivationCode(field(json, "activationCode")),
                field(json, "terms"),
                SigningRequest.parse(field(json, "signingRequest")));
    }

    private static String field(JsonObject json, String name) {
        String text = json.getString(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    private static JsonObject json(Activated activated) {
        var clinics = new JsonArray();
        activated
                .clinics()
                .forEach(clinic -> clinics.add(new JsonObject()
                        .put("code", clinic.code().digits())
                        .put("name", clinic.name())
                        .put("patientKey", clinic.patientKey())));
        return new JsonObject()
                .put("device", activated.device().toString())
                .put("hub", activated.hub())
                .put("certificate", activated.certificate())
                .put("authorities", activated.authorities())
                .put("evidenceKey", activated.evidenceKey())
                .put("clinics", clinics)
                .put("terms", activated.terms());
    }

    private static <T> T done(Outcome<T> outcome) {
        T done = outcome.done();
        if (done == null) {
            throw new Rejection(problem(outcome.refused()));
        }
        return done;
    }

    private static Problem problem(@Nullable Refused refused) {
        return switch (refused) {
            case NOT_MATCHING ->
                new Problem(
                        403,
                        Problem.Code.ACTIVATION_NOT_MATCHING,
                        "Institution code, ID, password and activation code do not belong together. Compare all four"
                                + " with the newest set-up sheet; after a few wrong tries the account is locked for a time.");
            case LOCKED ->
                new Problem(
                        429,
                        Problem.Code.ACCOUNT_LOCKED,
                        "The account is locked after too many wrong tries, or by the operator. Try again in an hour, or"
                                + " ask the office to unlock it.");
            case TOO_MANY_TRIES ->
                new Problem(
                        429,
                        Problem.Code.TOO_MANY_TRIES,
                        "Too many wrong tries came from this address. Try again in " + Refused.RETRY_AFTER.toMinutes()
                                + " minutes.");
            case CODE_SPENT ->
                new Problem(
                        409,
                        Problem.Code.CODE_SPENT,
                        "This activation code was used before or has expired. Ask the office for a new one.");
            case TERMS_CHANGED ->
                new Problem(
                        409, Problem.Code.TERMS_CHANGED, "The terms of use have changed. Read and accept them again.");
            case DEVICE_NOT_ACTIVE ->
                new Problem(
                        403,
                        Problem.Code.DEVICE_NOT_ACTIVE,
                        "This device is not active, so its certificate is not renewed. Ask the operator.");
            case null -> throw new IllegalStateException("an outcome is either done or refused");
        };
    }
}
