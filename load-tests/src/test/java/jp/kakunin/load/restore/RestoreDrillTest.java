package jp.kakunin.load.restore;

import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.Hub;
import jp.kakunin.hub.HubConfig;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;
import jp.kakunin.hub.cli.HubCommand;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.StillKeys;
import jp.kakunin.hub.enrolment.Enrolment;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.journal.JournalEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A backup is taken while facts come in, everybody goes on, the hub's disk is lost and the backup put back. No device
/// was told and none was restored.
final class RestoreDrillTest {
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    private static final InstitutionCode NEIGHBOUR = new InstitutionCode("1380000024");
    private static final int VISITS = 12;

    @TempDir
    Path folder;

    private final LocalDate today = TreatmentMonth.dateAt(InstantSource.system().instant());
    private final Vertx vertx = Vertx.vertx();
    private final List<Device> devices = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private Path data = Path.of(".");
    private Hub hub = newHub();

    @BeforeEach
    void three_devices_in_two_clinics_are_at_work() throws Exception {
        data = folder.resolve("hub");
        Path[] sites = {folder.resolve("reception"), folder.resolve("treatment-room"), folder.resolve("neighbour")};
        for (Path site : sites) {
            InstitutionCode clinic = site.equals(sites[2]) ? NEIGHBOUR : CLINIC;
            var clinics = new TreeMap<InstitutionCode, String>();
            clinics.put(clinic, "a clinic");
            new Enrolment(new HubFolder(data), InstantSource.system(), new SecureRandom())
                    .enrol(new Enrolment.Wish("device", clinics, site.resolve("identity"), false));
        }
        hub = newHub();
        hub.start();
        for (Path site : sites) {
            devices.add(new Device(vertx, site, site.equals(sites[2]) ? NEIGHBOUR : CLINIC, today));
        }
    }

    @AfterEach
    void everybody_goes_home() {
        devices.forEach(Device::close);
        hub.stop();
        vertx.close().await();
    }

    @Test
    void P2_P7_devices_give_a_restored_hub_what_its_backup_lacks_and_nothing_twice() throws Exception {
        everybodyRecords();
        everybodyIsQuiet();
        CompletableFuture<Void> meanwhile =
                CompletableFuture.runAsync(() -> devices.getFirst().record(VISITS));
        Path backup = folder.resolve("backup");
        assertThat(run("backup", "--data", data.toString(), backup.toString())).isZero();
        meanwhile.join();
        everybodyRecords();
        everybodyIsQuiet();
        Set<FactId> known = known();

        hub.stop();
        assertThat(run("restore", "--data", data.toString(), backup.toString())).isZero();
        assertThat(out.toString()).contains("set aside: ");
        assertThat(facts(CLINIC)).hasSizeLessThan(known.size());
        hub = newHub();
        hub.start();
        everybodyRecords();
        everybodyIsQuiet();
        everybodyKnowsTheSame();
        known.addAll(known());
        devices.forEach(Device::close);
        hub.stop();

        List<FactId> kept = new ArrayList<>(facts(CLINIC));
        kept.addAll(facts(NEIGHBOUR));
        assertThat(kept).doesNotHaveDuplicates().containsAll(known);
        devices.forEach(device -> assertThat(kept).containsAll(device.recorded));
        assertThat(run("verify", "--data", data.toString())).as(out.toString()).isZero();
    }

    private void everybodyRecords() {
        devices.parallelStream().forEach(device -> device.record(VISITS));
    }

    private void everybodyIsQuiet() throws Exception {
        until(
                "the hub has everything and every card its answer",
                () -> devices.stream().allMatch(Device::isQuiet));
    }

    private void everybodyKnowsTheSame() throws Exception {
        until(
                "both devices of a clinic know the same",
                () -> ids(devices.get(0)).equals(ids(devices.get(1))));
    }

    private Set<FactId> known() {
        Set<FactId> known = new HashSet<>();
        devices.forEach(device -> known.addAll(ids(device)));
        return known;
    }

    private static Set<FactId> ids(Device device) {
        Set<FactId> ids = new HashSet<>();
        device.facts().forEach(fact -> ids.add(fact.id()));
        return ids;
    }

    private List<FactId> facts(InstitutionCode clinic) throws IOException {
        List<FactId> facts = new ArrayList<>();
        try (JournalImage image = JournalImage.open(
                new HubFolder(data).store(), StillKeys.read(new HubFolder(data).monthKeys(), new SecureRandom()))) {
            image.blocks(clinic, TreatmentMonth.of(today), (_, block) -> {
                for (JournalEntry entry : Objects.requireNonNull(block).entries()) {
                    if (FactCodec.decode(entry.fact()) instanceof Decoded.Known(Fact fact)) {
                        facts.add(fact.id());
                    }
                }
            });
        }
        return facts;
    }

    private int run(String... arguments) {
        CommandLine line = HubCommand.commandLine(HubWorld.system());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        return line.execute(arguments);
    }

    private Hub newHub() {
        HubWorld real = HubWorld.system();
        HubWorld world =
                new HubWorld(real.clock(), real.uptime(), real.random(), real.secrets(), (_, _, _, _) -> new Yes());
        return new Hub(
                HubConfig.of(data).withExchange(ExchangeSettings.DEFAULT.withReconnectSpread(Duration.ofSeconds(1))),
                world);
    }

    /// Believes every card.
    private static final class Yes implements Authority {
        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED);
        }

        @Override
        public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
            LocalDate born = LocalDate.of(1970, 1, 1);
            var coverage = new Coverage(InsurerNumber.ofBody("0113901"), "1", "2", "00", 30, born, null);
            return CompletableFuture.completedFuture(new AuthorityResult.Answered(
                    inquiry.asOf(),
                    InstantSource.system().instant(),
                    new Answer.Valid(coverage, new Insured("見本　花子", "ミホン　ハナコ", born))));
        }
    }
}
