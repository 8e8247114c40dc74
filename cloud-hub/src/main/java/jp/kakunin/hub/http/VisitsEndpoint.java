package jp.kakunin.hub.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.history.MonthHistory;
import jp.kakunin.hub.history.VisitJson;
import org.jspecify.annotations.Nullable;

/// `GET /v1/clinics/CODE/months/YYYY-MM/visits`: a clinic's month, for the devices of that clinic alone.
///
/// One page at a time; `next` of the reply goes into the header `kakunin-after` of the next request. The header
/// `kakunin-patient` asks for one patient. Both are headers because addresses end up in logs.
final class VisitsEndpoint {
    static final String PATIENT = "kakunin-patient";
    static final String AFTER = "kakunin-after";

    private final Vertx vertx;
    private final Callers callers;
    private final FileDeviceDirectory devices;
    private final MonthHistory history;
    private final InstantSource clock;
    private final int filingDay;

    VisitsEndpoint(
            Vertx vertx,
            Callers callers,
            FileDeviceDirectory devices,
            MonthHistory history,
            InstantSource clock,
            int filingDay) {
        this.vertx = vertx;
        this.callers = callers;
        this.devices = devices;
        this.history = history;
        this.clock = clock;
        this.filingDay = filingDay;
    }

    /// @param path what follows `/v1/clinics/`
    Future<Buffer> handle(HttpServerRequest request, String path) {
        List<String> parts = List.of(path.split("/", -1));
        if (parts.size() != 4 || !parts.get(1).equals("months") || !parts.get(3).equals("visits")) {
            throw new Rejection(new Problem(
                    404, Problem.Code.NOT_FOUND, "The address of a month is /v1/clinics/CODE/months/YYYY-MM/visits."));
        }
        if (!HttpMethod.GET.equals(request.method())) {
            throw new Rejection(new Problem(405, Problem.Code.METHOD_NOT_ALLOWED, "The history takes GET only."));
        }
        InstitutionCode clinic = permitted(callers.deviceOf(request), parts.get(0));
        TreatmentMonth month = month(parts.get(2));
        @Nullable PatientId patient = patient(request, PATIENT);
        CompletableFuture<MonthHistory.Result> read = patient == null
                ? history.page(clinic, month, patient(request, AFTER))
                : history.patient(clinic, month, patient);
        return Future.fromCompletionStage(read, vertx.getOrCreateContext())
                .map(result -> body(request, clinic, month, result));
    }

    /// A clinic that is not the device's looks exactly like one that does not exist.
    private InstitutionCode permitted(DeviceId device, String code) {
        DeviceStatus status = devices.status(device);
        if (!(status instanceof DeviceStatus.Active(var clinics, var _))) {
            throw new Rejection(new Problem(
                    403,
                    Problem.Code.DEVICE_NOT_ACTIVE,
                    "This device may not read any more. Ask the operator, who can make it active again."));
        }
        return clinics.stream()
                .filter(clinic -> clinic.digits().equals(code))
                .findFirst()
                .orElseThrow(() -> new Rejection(new Problem(
                        404, Problem.Code.NOT_FOUND, "This device belongs to no clinic with that institution code.")));
    }

    private static TreatmentMonth month(String text) {
        try {
            return TreatmentMonth.parse(text);
        } catch (RuntimeException _) {
            throw new Rejection(
                    new Problem(400, Problem.Code.FIELD_WRONG, "The treatment month must be YYYY-MM, e.g. 2026-11."));
        }
    }

    private static @Nullable PatientId patient(HttpServerRequest request, String header) {
        String text = request.getHeader(header);
        if (text == null) {
            return null;
        }
        try {
            return new PatientId(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            throw new Rejection(new Problem(
                    400, Problem.Code.FIELD_WRONG, "The header " + header + " must be a patient id of this system."));
        }
    }

    private Buffer body(
            HttpServerRequest request, InstitutionCode clinic, TreatmentMonth month, MonthHistory.Result result) {
        return switch (result) {
            case MonthHistory.Result.Closed _ ->
                throw new Rejection(new Problem(
                        410,
                        Problem.Code.MONTH_CLOSED,
                        "The treatment month " + month + " closed at the end of " + month.closes()
                                + " and has been erased, as the rules demand."));
            case MonthHistory.Result.Page page -> {
                LocalDate today = TreatmentMonth.dateAt(clock.instant());
                var visits = new JsonArray();
                page.visits().forEach(line -> visits.add(VisitJson.forClinic(clinic, line, today, filingDay)));
                var json = new JsonObject()
                        .put("clinic", clinic.digits())
                        .put("month", month.toString())
                        .put("visits", visits);
                if (page.next() != null) {
                    json.put("next", page.next().toString());
                }
                request.response().putHeader("content-type", "application/json");
                yield json.toBuffer();
            }
        };
    }
}
