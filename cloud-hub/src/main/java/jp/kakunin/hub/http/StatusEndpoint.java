package jp.kakunin.hub.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Locale;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.authority.AuthorityHealth;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FileDeviceDirectory;

/// `GET /v1/status`: how the hub stands towards the calling device, for whoever looks for what is broken: its time,
/// what
/// the device may do, and whether the authority answers.
final class StatusEndpoint {
    static final String PATH = "/v1/status";

    private final Callers callers;
    private final FileDeviceDirectory devices;
    private final AuthorityHealth authority;
    private final InstantSource clock;

    StatusEndpoint(Callers callers, FileDeviceDirectory devices, AuthorityHealth authority, InstantSource clock) {
        this.callers = callers;
        this.devices = devices;
        this.authority = authority;
        this.clock = clock;
    }

    Future<Buffer> handle(HttpServerRequest request) {
        if (!HttpMethod.GET.equals(request.method())) {
            throw new Rejection(new Problem(405, Problem.Code.METHOD_NOT_ALLOWED, "The status takes GET only."));
        }
        DeviceStatus status = devices.status(callers.deviceOf(request));
        var clinics = new JsonArray();
        if (status instanceof DeviceStatus.Active active) {
            active.clinics().stream().map(InstitutionCode::digits).sorted().forEach(clinics::add);
        }
        request.response().putHeader("content-type", "application/json");
        return Future.succeededFuture(new JsonObject()
                .put("hubTime", clock.instant().toString())
                .put("device", status.getClass().getSimpleName().toUpperCase(Locale.ROOT))
                .put("clinics", clinics)
                .put("authority", authority.breaker() == 0 ? "ANSWERS" : "AWAY")
                .toBuffer());
    }
}
