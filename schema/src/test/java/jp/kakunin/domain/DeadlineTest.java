package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Stages, deadlines and the forecast, by the day and, where days and months turn in Japan, by the hour.
final class DeadlineTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final int FILING_DAY = DueState.FILING_DAY;

    /// With two leap years and three year ends.
    static Stream<TreatmentMonth> months() {
        return IntStream.range(0, 60)
                .mapToObj(
                        i -> TreatmentMonth.ofIndex(TreatmentMonth.of(2027, 10).index() + i));
    }

    @ParameterizedTest(name = "{0} treated {1}, seen on {2}: {3} {4} {5}")
    @CsvSource({
        "INITIAL, 2026-11-05, 2026-11-05, DUE, 2026-11-30, LATER",
        "INITIAL, 2026-11-05, 2026-11-22, DUE, 2026-11-30, LATER",
        "INITIAL, 2026-11-05, 2026-11-23, DUE, 2026-11-30, WEEK",
        "INITIAL, 2026-11-05, 2026-11-26, DUE, 2026-11-30, WEEK",
        "INITIAL, 2026-11-05, 2026-11-27, DUE, 2026-11-30, THREE_DAYS",
        "INITIAL, 2026-11-05, 2026-11-28, DUE, 2026-11-30, THREE_DAYS",
        "INITIAL, 2026-11-05, 2026-11-29, DUE, 2026-11-30, ONE_DAY",
        "INITIAL, 2026-11-05, 2026-11-30, DUE, 2026-11-30, ONE_DAY",
        "INITIAL, 2026-11-05, 2026-12-01, DUE, 2026-11-30, AFTER",
        "INITIAL, 2026-11-05, 2026-12-02, DUE, 2026-11-30, AFTER",
        "INITIAL, 2026-11-05, 2026-12-03, FILING, 2026-12-10, WEEK",
        "INITIAL, 2026-11-05, 2026-12-07, FILING, 2026-12-10, THREE_DAYS",
        "INITIAL, 2026-11-05, 2026-12-10, FILING, 2026-12-10, ONE_DAY",
        "INITIAL, 2026-11-05, 2026-12-11, FILING, 2026-12-10, AFTER",
        "INITIAL, 2026-11-05, 2026-12-23, FILING, 2026-12-10, AFTER",
        "INITIAL, 2026-11-05, 2026-12-24, CLOSES, 2026-12-31, WEEK",
        "INITIAL, 2026-11-05, 2026-12-31, CLOSES, 2026-12-31, ONE_DAY",
        "INITIAL, 2026-11-05, 2027-01-01, CLOSES, 2026-12-31, AFTER",
        "INITIAL, 2026-11-29, 2026-11-30, DUE, 2026-11-30, ONE_DAY",
        "INITIAL, 2026-11-30, 2026-11-30, FILING, 2026-12-10, LATER",
        "INITIAL, 2026-11-30, 2026-12-02, FILING, 2026-12-10, LATER",
        "INITIAL, 2026-11-30, 2026-12-03, FILING, 2026-12-10, WEEK",
        "REPEAT, 2026-11-05, 2026-11-30, FILING, 2026-12-10, LATER",
        "REPEAT, 2026-11-05, 2026-12-01, FILING, 2026-12-10, LATER",
        "REPEAT, 2026-11-05, 2026-12-09, FILING, 2026-12-10, ONE_DAY",
        "REPEAT, 2026-11-05, 2026-12-11, FILING, 2026-12-10, AFTER",
        "INITIAL, 2028-01-31, 2028-02-21, FILING, 2028-02-10, AFTER",
        "INITIAL, 2028-01-30, 2028-02-22, CLOSES, 2028-02-29, WEEK",
        "INITIAL, 2026-12-28, 2026-12-31, DUE, 2026-12-31, ONE_DAY",
        "INITIAL, 2026-12-28, 2027-01-01, DUE, 2026-12-31, AFTER",
    })
    void the_date_that_matters_now(
            VisitKind kind, LocalDate treated, LocalDate today, Deadline.Kind which, LocalDate date, Stage stage) {
        assertThat(Deadline.of(kind, treated, today, FILING_DAY)).isEqualTo(new Deadline(which, date, stage));
    }

    /// Each hour of each turn of a month: nothing changes but at midnight in Japan.
    @ParameterizedTest
    @MethodSource("months")
    void every_state_turns_at_midnight_in_japan(TreatmentMonth month) {
        LocalDate treated = month.value().atDay(5);
        turn(month.due(), (today, before) -> {
            assertThat(due(month, today)).isEqualTo(before ? DueState.BEFORE_DUE : DueState.OVERDUE);
            assertThat(Deadline.of(VisitKind.INITIAL, treated, today, FILING_DAY))
                    .isEqualTo(new Deadline(Deadline.Kind.DUE, month.due(), before ? Stage.ONE_DAY : Stage.AFTER));
        });
        turn(month.filing(FILING_DAY), (today, before) -> {
            assertThat(due(month, today)).isEqualTo(before ? DueState.OVERDUE : DueState.FILING_MISSED);
            assertThat(Deadline.of(VisitKind.INITIAL, treated, today, FILING_DAY)
                            .stage())
                    .isEqualTo(before ? Stage.ONE_DAY : Stage.AFTER);
        });
        turn(month.closes(), (today, before) -> {
            assertThat(due(month, today)).isEqualTo(before ? DueState.FILING_MISSED : DueState.CLOSED);
            assertThat(Deadline.of(VisitKind.INITIAL, treated, today, FILING_DAY))
                    .isEqualTo(
                            new Deadline(Deadline.Kind.CLOSES, month.closes(), before ? Stage.ONE_DAY : Stage.AFTER));
        });
    }

    /// However many first visits the last day had: midnight turns none of them into a late one. They are told of
    /// the filing day in its turn.
    @ParameterizedTest
    @MethodSource("months")
    void visits_of_the_last_day_do_not_flood_midnight(TreatmentMonth month) {
        LocalDate lastDay = month.due();
        turn(
                lastDay,
                (today, _) -> assertThat(Deadline.of(VisitKind.INITIAL, lastDay, today, FILING_DAY))
                        .isEqualTo(new Deadline(Deadline.Kind.FILING, month.filing(FILING_DAY), Stage.LATER)));
    }

    /// A visit never becomes less urgent by waiting: the dates come in their order, each with its stages in theirs.
    @ParameterizedTest
    @MethodSource("months")
    void urgency_only_rises(TreatmentMonth month) {
        for (int day : new int[] {1, 15, month.value().lengthOfMonth()}) {
            LocalDate treated = month.value().atDay(day);
            for (int filing : new int[] {1, 5, 10, 20, 31}) {
                for (VisitKind kind : VisitKind.values()) {
                    List<Deadline> days = new ArrayList<>();
                    for (LocalDate today = treated; !today.isAfter(month.closes()); today = today.plusDays(1)) {
                        days.add(Deadline.of(kind, treated, today, filing));
                    }
                    assertThat(days)
                            .as("%s, filing day %d", treated, filing)
                            .isSortedAccordingTo(
                                    Comparator.comparing(Deadline::kind).thenComparing(Deadline::stage));
                }
            }
        }
    }

    @ParameterizedTest(name = "treated {0}, seen on {1}: {2}")
    @CsvSource({
        "2026-11-05, 2026-11-05, IN_TIME",
        "2026-11-05, 2026-11-22, IN_TIME",
        "2026-11-05, 2026-11-23, WILL_MISS",
        "2026-11-05, 2026-12-11, WILL_MISS",
        "2026-11-30, 2026-11-30, IN_TIME",
        "2026-11-30, 2026-12-05, IN_TIME",
        "2026-11-30, 2026-12-06, WILL_MISS",
        "2028-02-29, 2028-03-05, IN_TIME",
        "2028-02-29, 2028-03-06, WILL_MISS",
        "2026-12-31, 2027-01-05, IN_TIME",
        "2026-12-31, 2027-01-06, WILL_MISS",
    })
    void misses_filing_when_it_was_open_longer_than_there_is_time_left(
            LocalDate treated, LocalDate today, Forecast forecast) {
        assertThat(Forecast.of(true, treated, today, FILING_DAY)).isEqualTo(forecast);
        assertThat(Forecast.of(false, treated, today, FILING_DAY)).isEqualTo(Forecast.SAFE);
    }

    @Test
    void a_forecast_once_bad_stays_bad_until_somebody_acts() {
        LocalDate treated = LocalDate.of(2026, 11, 12);
        List<Forecast> days = treated.datesUntil(LocalDate.of(2027, 1, 1))
                .map(today -> Forecast.of(true, treated, today, FILING_DAY))
                .toList();

        assertThat(days).isSorted().contains(Forecast.IN_TIME, Forecast.WILL_MISS);
    }

    private static DueState due(TreatmentMonth month, LocalDate today) {
        return DueState.of(month, true, today, FILING_DAY);
    }

    private interface Seen {
        void on(LocalDate today, boolean before);
    }

    /// Looks every hour of the last day and the day after, and a moment before and at midnight.
    private static void turn(LocalDate last, Seen seen) {
        LocalDateTime midnight = last.plusDays(1).atStartOfDay();
        for (int hour = -24; hour < 24; hour++) {
            seen.on(today(midnight.plusHours(hour)), hour < 0);
        }
        seen.on(today(midnight.minusNanos(1)), true);
    }

    private static LocalDate today(LocalDateTime inJapan) {
        return TreatmentMonth.dateAt(inJapan.atZone(TOKYO).toInstant());
    }
}
