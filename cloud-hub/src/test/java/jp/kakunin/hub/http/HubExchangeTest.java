package jp.kakunin.hub.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.hub.Hub;
import jp.kakunin.hub.HubConfig;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Enrolment;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.IdentityFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A first visit without card on its way: from a device over TLS into the journal, and out again to those who may see
/// it.
final class HubExchangeTest {
    private static final InstitutionCode SAKURA = new InstitutionCode("1380000016");
    private static final String NAME = "確認 花子";

    @TempDir
    Path data;

    private final IdSource ids = new IdSource(InstantSource.system(), new Random(3));

    private Fact.CheckRecorded deferred(LocalDate date, Instant now) {
        return new Fact.CheckRecorded(
                new Envelope(ids.fact(), SAKURA, ids.patient(), TreatmentMonth.of(date), now, false),
                ids.visit(),
                ids.check(),
                VisitKind.INITIAL,
                date,
                new Evidence.None(Evidence.Reason.NO_CARD),
                NAME,
                null,
                null,
                null);
    }

    private Request.Push push(Epoch epoch, StreamPosition follows, List<SentFact> facts, Instant now) {
        var report = new DeviceReport(now, Duration.ofMinutes(1), "0.1.0", ReaderCondition.EMPTY, null);
        return new Request.Push(
                ids.instance(), report, List.of(new Batch(SAKURA, epoch, follows, facts, true, Backlog.NONE)));
    }

    private static StreamReply sent(TestClient client, Request push) throws Exception {
        Reply reply = ExchangeCodec.decodeReply(
                client.post(ExchangeCodec.encode(push)).body());
        return ((Reply.Pushed) reply.body()).streams().getFirst();
    }

    private static String metrics(Hub hub) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(hub.consoleUrl() + "metrics"));
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void a_pushed_visit_is_acknowledged_and_stands_in_history_worklist_and_metrics() throws Exception {
        Path identity = data.resolve("identity");
        DeviceId device = new Enrolment(new HubFolder(data), InstantSource.system(), new SecureRandom())
                .enrol(new Enrolment.Wish("desk", new TreeMap<>(Map.of(SAKURA, "さくら")), identity, false));
        try (var hub = new Hub(HubConfig.of(data), HubWorld.system())) {
            hub.start();
            int port = URI.create(hub.exchangeUrl()).getPort();
            var ca = CertificateAuthority.openOrMake(new HubFolder(data).ca(), new SecureRandom());
            try (var client = new TestClient(port, ca.certificate(), IdentityFolder.read(identity))) {
                Instant now = Instant.now();
                LocalDate today = TreatmentMonth.dateAt(now);
                Fact.CheckRecorded visit = deferred(today, now);
                byte[] fact = FactCodec.encode(visit);
                Epoch epoch = ids.epoch();
                assertThat(sent(client, push(epoch, StreamPosition.START, List.of(), now)))
                        .isInstanceOf(StreamReply.Acknowledged.class);
                var acknowledged = (StreamReply.Acknowledged)
                        sent(client, push(epoch, StreamPosition.START, List.of(new SentFact(1, fact, null)), now));

                assertThat(acknowledged.position()).isEqualTo(StreamPosition.START.after(fact));
                assertThat(acknowledged.tally().stored()).isEqualTo(1);
                String path = "/v1/clinics/1380000016/months/" + TreatmentMonth.of(today) + "/visits";
                JsonObject seen = new JsonObject(new String(client.get(path).body(), StandardCharsets.UTF_8))
                        .getJsonArray("visits")
                        .getJsonObject(0);
                assertThat(seen.getString("patientName")).isEqualTo(NAME);
                assertThat(seen.getString("standing")).isEqualTo("DEFERRED");
                assertThat(seen.getString("due"))
                        .isEqualTo(TreatmentMonth.of(today).due().toString());
                assertThat(metrics(hub))
                        .contains("kakunin_facts_received_total 1.0")
                        .contains("kakunin_facts_total{outcome=\"stored\"} 1.0")
                        .contains("kakunin_commit_seconds_bucket")
                        .contains("kakunin_commit_sync_seconds_bucket")
                        .contains("kakunin_commit_group_bucket")
                        .contains("kakunin_deferrals_open 1.0")
                        .doesNotContain(SAKURA.digits(), device.toString());
                assertThat(hub.fleet().device(device)).isPresent();
                assertThat(hub.fleet().counters().received()).isEqualTo(1);
            }
        }
    }
}
