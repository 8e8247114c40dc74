package jp.kakunin.load.hotpath;

import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.function.Supplier;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;

/// Reads patient-months through the history of clinics, each with a certificate of that clinic. A reading is one
/// request
/// of `GET /v1/clinics/CODE/months/YYYY-MM/visits` with the patient in its header.
final class Readers {
    private static final int OK = 200;
    private static final byte[] NOTHING = {};

    /// Of so many answers one is read to its end.
    private static final int LOOKED_AT_OF = 64;

    private final Driver<Place> driver;
    private final Meter meter;
    private long answers;

    /// A patient who has visits in that month.
    record Asked(InstitutionCode clinic, TreatmentMonth month, PatientId patient) {
        private String path() {
            return "/v1/clinics/" + clinic + "/months/" + month + "/visits";
        }
    }

    private record Place(Wire wire, Supplier<Asked> next) {}

    Readers(EventLoop loop, Meter meter) {
        this.driver = new Driver<>(loop, this::read);
        this.meter = meter;
    }

    /// @param next whom to read, of the clinics of that connection's device
    void add(Wire wire, Supplier<Asked> next, int underWayMax) {
        Place place = new Place(wire, next);
        for (int i = 0; i < underWayMax; i++) {
            driver.add(place);
        }
    }

    Driver<?> driver() {
        return driver;
    }

    private void read(Place place, long intended) {
        Asked asked = place.next.get();
        var headers = place.wire.get(asked.path()).set("kakunin-patient", asked.patient.toString());
        place.wire.ask(headers, NOTHING, 0, new Wire.Taker() {
            @Override
            public void answered(int status, byte[] body) {
                try {
                    if (status != OK) {
                        throw new IOException("the hub answered a reading with status " + status);
                    }
                    if (answers++ % LOOKED_AT_OF == 0) {
                        look(asked, body);
                    }
                    meter.took(System.nanoTime() - intended, 1);
                    driver.free(place);
                } catch (IOException | RuntimeException e) {
                    driver.fail(e);
                }
            }

            @Override
            public void failed(Throwable cause) {
                driver.fail(cause);
            }
        });
    }

    private static void look(Asked asked, byte[] body) throws IOException {
        JsonObject read = new JsonObject(Buffer.buffer(body));
        boolean isThat = asked.clinic.digits().equals(read.getString("clinic"))
                && asked.month.toString().equals(read.getString("month"));
        if (!isThat || read.getJsonArray("visits").isEmpty()) {
            throw new IOException("the hub shows no visit of a patient of clinic " + asked.clinic);
        }
    }
}
