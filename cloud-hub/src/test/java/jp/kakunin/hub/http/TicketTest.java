package jp.kakunin.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.Hub;
import jp.kakunin.hub.HubConfig;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Enrolment;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.IdentityFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device that comes back by its ticket, whose handshake shows no certificate again.
final class TicketTest {
    private static final InstitutionCode SAKURA = new InstitutionCode("1380000016");

    @TempDir
    Path data;

    private HubFolder folder;
    private DeviceId device;
    private SSLContext tls;

    @BeforeEach
    void enrol() throws Exception {
        folder = new HubFolder(data);
        Path identity = data.resolve("identity");
        device = new Enrolment(folder, InstantSource.system(), new SecureRandom())
                .enrol(new Enrolment.Wish("desk", new TreeMap<>(Map.of(SAKURA, "さくら")), identity, false));
        var ca = CertificateAuthority.openOrMake(folder.ca(), new SecureRandom());
        tls = TestClient.tls(ca.certificate(), IdentityFolder.read(identity));
    }

    @Test
    void is_judged_anew_by_state_and_by_certificate() throws Exception {
        try (var hub = new Hub(HubConfig.of(data), HubWorld.system())) {
            hub.start();
            assertThat(statusAt(hub)).contains(" 200 ");
            assertThat(resumed(hub)).isZero();
            assertThat(statusAt(hub)).contains(" 200 ");
            assertThat(resumed(hub)).isEqualTo(1);

            register(is ->
                    with(is, EnrolledDevice.State.REVOKED, is.certificates().getFirst()));
            assertThat(statusAt(hub)).contains(" 403 ");
            register(is -> with(is, EnrolledDevice.State.ACTIVE, Digest.of(new byte[0])));
            assertThat(statusAt(hub)).contains(" 403 ");

            assertThat(resumed(hub)).isEqualTo(3);
        }
    }

    private void register(UnaryOperator<EnrolledDevice> change) throws IOException {
        var register = new DeviceRegister(folder.devices());
        Map<DeviceId, EnrolledDevice> all = new TreeMap<>(register.read());
        all.computeIfPresent(device, (_, is) -> change.apply(is));
        register.write(all);
    }

    private static EnrolledDevice with(EnrolledDevice is, EnrolledDevice.State state, Digest certificate) {
        return new EnrolledDevice(
                is.id(), is.name(), state, is.clinics(), is.ended(), List.of(certificate), is.until(), is.enrolled());
    }

    /// Over a connection of its own, which ends with the answer.
    private String statusAt(Hub hub) throws IOException {
        int port = URI.create(hub.exchangeUrl()).getPort();
        TreatmentMonth month =
                TreatmentMonth.of(TreatmentMonth.dateAt(InstantSource.system().instant()));
        String request = "GET /v1/clinics/" + SAKURA + "/months/" + month
                + "/visits HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        try (Socket socket = tls.getSocketFactory().createSocket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
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
