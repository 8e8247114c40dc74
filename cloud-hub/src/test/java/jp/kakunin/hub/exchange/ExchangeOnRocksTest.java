package jp.kakunin.hub.exchange;

import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.fleet.Counters.Fate;
import jp.kakunin.hub.fleet.DeviceDirectory;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;
import jp.kakunin.keys.MonthKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exchange on real threads and a real disk.
final class ExchangeOnRocksTest {
    private static final int CLINICS = 12;
    private static final int DEVICES_PER_CLINIC = 3;
    private static final int ROUNDS = 10;
    private static final int WAIT_SECONDS_MAX = 60;

    @TempDir
    Path folder;

    @Test
    void many_devices_of_many_clinics_at_once_lose_nothing() throws Exception {
        Sample sample = new Sample(17);
        Steps clock = new Steps(NOW);
        FleetView fleet = new FleetView();
        List<InstitutionCode> clinics = IntStream.range(0, CLINICS)
                .mapToObj(i -> new InstitutionCode("13" + (40_000_000 + i)))
                .toList();
        DeviceStatus status = new DeviceStatus.Active(new HashSet<>(clinics));
        DeviceDirectory devices = _ -> status;
        try (Journal journal = RocksJournal.open(
                        folder,
                        MonthKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom()),
                        Durability.SYNC,
                        new Random(1));
                ExecutorService one = Executors.newSingleThreadExecutor();
                ExecutorService two = Executors.newSingleThreadExecutor()) {
            ExchangeService hub = new ExchangeService(
                    ExchangeSettings.DEFAULT,
                    journal,
                    devices,
                    fleet,
                    Sample.SEAL,
                    Sample.NUMBERS,
                    clock,
                    new Random(2),
                    List.of(one, two),
                    clock);
            List<Edge> edges = IntStream.range(0, CLINICS * DEVICES_PER_CLINIC)
                    .mapToObj(number -> new Edge(hub, clock, sample))
                    .toList();

            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<Reply>> replies = new ArrayList<>();
                for (int i = 0; i < edges.size(); i++) {
                    InstitutionCode clinic = clinics.get(i % CLINICS);
                    var fact = sample.deferredAt(clinic, sample.ids.patient(), TODAY);
                    Edge edge = edges.get(i);
                    replies.add(edge.send(edge.batch(clinic, i % 2 == 0, fact, fact)));
                }
                for (int i = 0; i < edges.size(); i++) {
                    edges.get(i).position = acknowledged(replies.get(i)).position();
                }
            }

            for (InstitutionCode clinic : clinics) {
                List<Positioned> facts = journal.read(clinic, MONTH, 0, Integer.MAX_VALUE);
                assertThat(facts).hasSize(DEVICES_PER_CLINIC * ROUNDS);
                assertThat(facts.getLast().position()).isEqualTo(DEVICES_PER_CLINIC * ROUNDS);
                assertThat(journal.head(clinic).tip(MONTH).position())
                        .isEqualTo(facts.getLast().position());
            }
        }
        assertThat(fleet.counters().facts(Fate.STORED)).isEqualTo((long) CLINICS * DEVICES_PER_CLINIC * ROUNDS);
        assertThat(fleet.counters().facts(Fate.HELD)).isEqualTo((long) CLINICS * DEVICES_PER_CLINIC * ROUNDS);
        assertThat(fleet.devices()).hasSize(CLINICS * DEVICES_PER_CLINIC);
    }

    private static StreamReply.Acknowledged acknowledged(CompletableFuture<Reply> reply) throws Exception {
        Reply.Pushed pushed =
                (Reply.Pushed) reply.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS).body();
        return (StreamReply.Acknowledged) pushed.streams().getFirst();
    }
}
