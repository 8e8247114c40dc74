package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Network.CLINIC;
import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.load.chaos.Proxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An edge on a computer whose clock is wrong; the hub's clock is right.
class WrongClockIT {
    private static final int YEARS = 3 * 365;
    private static final String RECEIVED = "kakunin_facts_received_total";

    @TempDir
    static Path folder;

    private static HubNode hub;
    private static Proxy line;
    private static Path wrongBy;
    private static List<String> environment;
    private static int sites;

    private EdgeNode edge;

    @BeforeAll
    static void startHub() throws Exception {
        wrongBy = folder.resolve("wrong-by");
        environment = List.of("LD_PRELOAD=" + Programs.shim("wrongclock", folder), "WRONGCLOCK_FILE=" + wrongBy);
        hub = new HubNode(folder.resolve("hub"));
        hub.start();
        line = Proxy.to(hub.port());
    }

    @AfterAll
    static void stopHub() throws Exception {
        line.close();
        hub.close();
    }

    @BeforeEach
    void startEdge() throws Exception {
        setClockWrongByDays(0);
        line.plug();
        Path site = folder.resolve("site-" + ++sites);
        hub.enrol(site, CLINIC);
        edge = EdgeNode.on(site);
        edge.lookForHubAt(line.port());
        edge.start(environment, List.of());
        edge.awaitLine("connected");
    }

    @AfterEach
    void stopEdge() {
        edge.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void a_clock_off_by_a_day_is_put_right_by_the_hub(int days) throws Exception {
        edge.close();
        setClockWrongByDays(days);
        edge.start(environment, List.of());
        edge.awaitLine("connected");
        until("the hub's time is trusted", () -> !edge.status().getBoolean("clockDoubtful"));

        String visit = edge.defer("Wrong by a day");

        assertThat(edge.status().getString("today")).isEqualTo(today().toString());
        hub.awaitVisits(CLINIC, List.of(visit));
        JsonObject seen = hub.history(CLINIC).stream()
                .filter(each -> each.getString("visit").equals(visit))
                .findFirst()
                .orElseThrow();
        assertThat(seen.getString("treatmentDate")).isEqualTo(today().toString());
        edge.awaitAllSent();
    }

    @Test
    void a_clock_set_back_by_a_day_without_a_hub_is_asked_about_and_loses_nothing() throws Exception {
        line.unplug();
        edge.awaitLineNot("connected");
        setClockWrongByDays(-1);
        until("the clock is doubted", () -> edge.status().getBoolean("clockDoubtful"));

        String visit = edge.defer("Yesterday?");
        line.plug();

        hub.awaitVisits(CLINIC, List.of(visit));
        until("the hub's time is trusted", () -> !edge.status().getBoolean("clockDoubtful"));
        assertThat(edge.visitIds()).contains(visit);
    }

    /// The hub's certificate does not hold on that day, so the line says what is wrong with it.
    @ParameterizedTest
    @ValueSource(ints = {-YEARS, YEARS})
    void a_clock_off_by_years_is_doubted_and_nothing_recorded_is_lost(int days) throws Exception {
        double setAside = hub.counter("kakunin_quarantined_total");
        String before = edge.defer("Before");
        edge.awaitAllSent();
        edge.kill();
        setClockWrongByDays(days);
        edge.start(environment, List.of());

        assertThat(edge.status().getBoolean("clockDoubtful")).isTrue();
        String recorded = edge.defer("In another year");
        assertThat(recorded).isNotEmpty();

        edge.close();
        setClockWrongByDays(0);
        edge.start(environment, List.of());
        edge.awaitLine("connected");
        until(
                "the hub has it, in its month or set aside",
                () -> hub.visitIds(CLINIC).contains(recorded) || hub.counter("kakunin_quarantined_total") > setAside);
        assertThat(hub.visitIds(CLINIC)).contains(before);
        assertThat(hub.counter("kakunin_facts_total{outcome=\"forgotten\"")).isZero();
    }

    /// The hub's night, and each side of it the clock of an edge that is ten minutes off.
    @ParameterizedTest
    @CsvSource({"-4, -10", "-4, 10", "4, -10", "4, 10"})
    void a_clock_off_by_minutes_around_the_month_s_end_is_put_right_and_nothing_is_doubted(int afterEnd, int minutes)
            throws Exception {
        Instant now = InstantSource.system().instant();
        Instant night = TreatmentMonth.at(now)
                .next()
                .value()
                .atDay(1)
                .atStartOfDay(TreatmentMonth.JAPAN)
                .toInstant()
                .plus(Duration.ofMinutes(afterEnd));
        LocalDate date = TreatmentMonth.dateAt(night);
        Path hubWrongBy = folder.resolve("hub-wrong-by");
        setWrong(hubWrongBy, Duration.between(now, night));
        try (HubNode atNight = new HubNode(folder.resolve("hub-" + afterEnd + minutes))) {
            atNight.start(List.of(environment.getFirst(), "WRONGCLOCK_FILE=" + hubWrongBy), List.of());
            try (Proxy wire = Proxy.to(atNight.port());
                    EdgeNode off =
                            edgeOf(atNight, wire, Duration.between(now, night).plusMinutes(minutes))) {
                String first = off.defer("By the hub's time");
                assertThat(off.status().getString("today")).isEqualTo(date.toString());
                atNight.awaitVisits(CLINIC, TreatmentMonth.of(date), List.of(first));
                assertThat(atNight.history(CLINIC, TreatmentMonth.of(date)))
                        .extracting(visit -> visit.getString("treatmentDate"))
                        .containsExactly(date.toString());

                wire.unplug();
                off.awaitLineNot("connected");
                String second = off.defer("Offline");
                String third = off.defer("Offline, later");
                assertThat(off.status().getBoolean("clockDoubtful")).isFalse();
                assertThat(off.visitIds()).containsSubsequence(first, second, third);

                off.kill();
                off.start(environment, List.of());
                assertThat(off.status().getBoolean("clockDoubtful")).isFalse();
                String fourth = off.defer("By the PC's own clock");
                wire.plug();
                until("all is at the hub", () -> atNight.counter(RECEIVED) >= 4);

                List<String> all = new ArrayList<>(atNight.visitIds(CLINIC, TreatmentMonth.of(date)));
                all.addAll(atNight.visitIds(CLINIC, TreatmentMonth.of(date).previous()));
                all.addAll(atNight.visitIds(CLINIC, TreatmentMonth.of(date).next()));
                assertThat(all).containsExactlyInAnyOrder(first, second, third, fourth);
                for (String fate : List.of("refused", "quarantined", "forgotten")) {
                    assertThat(atNight.counter("kakunin_facts_total{outcome=\"" + fate + "\""))
                            .as(fate)
                            .isZero();
                }
            }
        }
    }

    private static EdgeNode edgeOf(HubNode atNight, Proxy wire, Duration wrong) throws Exception {
        setWrong(wrongBy, wrong);
        Path site = folder.resolve("site-" + ++sites);
        atNight.enrol(site, CLINIC);
        EdgeNode off = EdgeNode.on(site);
        off.lookForHubAt(wire.port());
        off.start(environment, List.of());
        off.awaitLine("connected");
        until("the hub's time is trusted", () -> !off.status().getBoolean("clockDoubtful"));
        return off;
    }

    private static void setWrong(Path file, Duration wrong) throws IOException {
        Files.writeString(file, String.valueOf(wrong.toSeconds()));
    }

    private void setClockWrongByDays(int days) throws Exception {
        setWrong(wrongBy, Duration.ofDays(days));
    }

    private static LocalDate today() {
        return TreatmentMonth.dateAt(InstantSource.system().instant());
    }
}
