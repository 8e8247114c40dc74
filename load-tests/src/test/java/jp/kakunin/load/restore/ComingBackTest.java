package jp.kakunin.load.restore;

import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.TreeMap;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.Hub;
import jp.kakunin.hub.HubConfig;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Enrolment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The edge node's own line and a hub that was started again: the tickets of before are still good.
final class ComingBackTest {
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @Test
    void an_edge_node_comes_back_without_a_full_handshake() throws Exception {
        var clinics = new TreeMap<InstitutionCode, String>();
        clinics.put(CLINIC, "a clinic");
        Path site = folder.resolve("reception");
        Path data = folder.resolve("hub");
        new Enrolment(new HubFolder(data), InstantSource.system(), new SecureRandom())
                .enrol(new Enrolment.Wish("device", clinics, site.resolve("identity"), false));
        Hub first = new Hub(HubConfig.of(data), HubWorld.system());
        first.start();
        try (Device device = new Device(
                vertx,
                site,
                CLINIC,
                TreatmentMonth.dateAt(InstantSource.system().instant()))) {
            device.record(1);
            until("the hub has the first check", () -> device.unsent() == 0);
            assertThat(resumed(first)).isZero();
            first.stop();

            Hub second = new Hub(HubConfig.of(data), HubWorld.system());
            second.start();
            device.record(1);
            until("the hub has the second check", () -> device.unsent() == 0);
            assertThat(resumed(second)).isEqualTo(1);
            second.stop();
        } finally {
            vertx.close().await();
        }
    }

    private static double resumed(Hub hub) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(hub.consoleUrl() + "metrics"));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("kakunin_edge_resumed_total"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }
}
