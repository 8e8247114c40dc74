package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Standing;
import jp.kakunin.edge.reader.CardRequest;
import org.junit.jupiter.api.Test;

/// One device, two clinics (併設): a patient who comes to both taps once.
final class TwoClinicsTest {
    private final DeskFixture site = new DeskFixture(
            List.of(
                    DeskFixture.clinic(DeskFixture.CLINIC, "みどり整骨院"),
                    DeskFixture.clinic(DeskFixture.OTHER_CLINIC, "みどり鍼灸院")),
            Runnable::run);

    @Test
    void one_tap_records_a_check_for_each_clinic_and_the_card_signs_for_each() {
        Tap.Recorded tap = tapForBoth();

        assertThat(site.edge.checks())
                .extracting(check -> check.envelope().clinic())
                .containsExactly(DeskFixture.CLINIC, DeskFixture.OTHER_CLINIC);
        Fact.CheckRecorded one = site.edge.checks().getFirst();
        Fact.CheckRecorded two = site.edge.checks().getLast();
        assertThat(one.check()).isEqualTo(tap.check()).isNotEqualTo(two.check());
        assertThat(one.visit()).isNotEqualTo(two.visit());
        assertThat(one.envelope().patient())
                .as("each clinic has its own key for patient ids")
                .isNotEqualTo(two.envelope().patient());
        assertThat(site.reader.requests.getFirst())
                .isInstanceOfSatisfying(
                        CardRequest.WithPin.class,
                        request -> assertThat(request.toSign())
                                .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .containsExactly(
                                        one.check() + "1380000016" + "2026-11-20",
                                        two.check() + "1390000029" + "2026-11-20"));
    }

    @Test
    void each_clinic_is_judged_by_itself() {
        Tap.Recorded tap = tapForBoth();
        site.answerValid(tap.check(), "山田 花子");

        assertThat(site.book().on(DeskFixture.TODAY))
                .extracting(visit -> visit.judged().standing())
                .containsExactly(new Standing.Confirmed(Standing.By.CARD));
        assertThat(site.reception.book(DeskFixture.OTHER_CLINIC).join().on(DeskFixture.TODAY))
                .extracting(visit -> visit.judged().standing())
                .containsExactly(new Standing.Waiting());
    }

    @Test
    void both_are_recorded_or_neither() {
        site.edge.broken = new IllegalStateException("the disk is gone");

        site.reader.put(DeskFixture.CARD_A);
        site.commands.check(both(), "1234".toCharArray()).join();

        assertThat(site.reception.tapDesk().tap()).isEqualTo(new Tap.NotRecorded(Problem.STORE_FAILED));
        assertThat(site.edge.recorded).isEmpty();
    }

    @Test
    void the_same_clinic_twice_and_a_clinic_of_another_site_are_refused() {
        Map<String, String> fields = both();
        fields.put("also", DeskFixture.CLINIC.digits());
        assertThat(site.commands.check(fields, "1234".toCharArray()).join())
                .isEqualTo(Outcome.refused(Problem.ALSO_SAME_CLINIC));
        fields.put("also", "1310000000");
        assertThat(site.commands.check(fields, "1234".toCharArray()).join())
                .isEqualTo(Outcome.refused(Problem.CLINIC_NOT_OF_THIS_SITE));
        assertThat(site.edge.recorded).isEmpty();
    }

    @Test
    void the_panel_offers_the_other_clinic_and_tells_what_came_of_it() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Browser browser = browser(vertx);
            site.reader.put(DeskFixture.CARD_A);
            assertThat(browser.open("/").body()).contains("name=\"also\" value=\"1390000029\"", "みどり鍼灸院 の受付にも記録する");

            Tap.Recorded tap = tapForBoth();
            site.answerValid(tap.check(), "山田 花子");
            assertThat(browser.open("/").body())
                    .contains("みどり鍼灸院: 確認待ち", "name=\"also\" value=\"1390000029\"")
                    .contains("name=\"alsoFact\" value=\""
                            + Objects.requireNonNull(tap.also()).fact() + "\"");
            site.edge.answer(site.edge.checks().getLast().check(), new Answer.NotFound());
            assertThat(browser.open("/").body()).contains("みどり鍼灸院: 該当する資格がありません");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_clinic_that_ended_is_not_offered_any_more_and_nobody_types_a_pin_for_it() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Browser browser = browser(vertx);
            site.reader.put(DeskFixture.CARD_A);
            String other = "clinic=" + DeskFixture.OTHER_CLINIC;
            assertThat(browser.open("/?" + other).body()).contains("name=\"pin\"", "みどり整骨院 の受付にも記録する");

            site.edge.ended = Set.of(DeskFixture.OTHER_CLINIC);

            // Its own page says so and leads to the other clinic; it is not silently another clinic's.
            assertThat(browser.open("/").body())
                    .contains("みどり鍼灸院 の資格確認は、この端末ではできません", "D33", "clinic=1380000016")
                    .doesNotContain("name=\"pin\"", "value=\"visual\"", "clinic=1390000029", "href=\"/deferred\"");
            assertThat(browser.open("/deferred").body()).contains("D33").doesNotContain("name=\"patientName\"");
            assertThat(browser.open("/?clinic=1380000016").body())
                    .contains("name=\"pin\"")
                    .doesNotContain("みどり鍼灸院", "name=\"also\"");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private Browser browser(Vertx vertx) throws Exception {
        DeskServer server = new DeskServer(
                vertx,
                site.reception,
                new byte[32],
                "token",
                new Random(3),
                () -> {},
                () -> Instant.EPOCH,
                _ -> {},
                DeskFixture.openDoor(),
                null);
        return new Browser(
                server.start(0).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }

    @Test
    void a_tap_for_both_is_taken_back_at_both_in_one_write() {
        Tap.Recorded tap = tapForBoth();
        Tap.Also also = Objects.requireNonNull(tap.also());
        site.edge.recorded.clear();

        site.commands
                .withdraw(Map.of(
                        "clinic", DeskFixture.CLINIC.digits(),
                        "fact", tap.fact().toString(),
                        "also", DeskFixture.OTHER_CLINIC.digits(),
                        "alsoFact", also.fact().toString()))
                .join();

        assertThat(site.edge.recorded)
                .extracting(fact -> fact.fact().envelope().clinic())
                .containsExactly(DeskFixture.CLINIC, DeskFixture.OTHER_CLINIC);
        assertThat(site.book().on(DeskFixture.TODAY)).isEmpty();
        assertThat(site.reception.book(DeskFixture.OTHER_CLINIC).join().on(DeskFixture.TODAY))
                .isEmpty();
        assertThat(site.reception.tapDesk().tap()).isNotInstanceOf(Tap.Recorded.class);
    }

    private Tap.Recorded tapForBoth() {
        site.reader.put(DeskFixture.CARD_A);
        if (site.commands.check(both(), "1234".toCharArray()).join() instanceof Outcome.Done<Tap>(Tap.Recorded tap)) {
            return tap;
        }
        throw new AssertionError("not recorded");
    }

    private static Map<String, String> both() {
        return new HashMap<>(Map.of(
                "method", "pin",
                "clinic", DeskFixture.CLINIC.digits(),
                "also", DeskFixture.OTHER_CLINIC.digits()));
    }
}
