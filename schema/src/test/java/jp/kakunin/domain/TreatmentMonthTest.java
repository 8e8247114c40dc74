package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TreatmentMonthTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /// Every month from before a leap year to after it.
    static Stream<TreatmentMonth> months() {
        return IntStream.range(0, 40)
                .mapToObj(
                        i -> TreatmentMonth.ofIndex(TreatmentMonth.of(2026, 10).index() + i));
    }

    @ParameterizedTest
    @MethodSource("months")
    void turns_at_midnight_in_japan(TreatmentMonth month) {
        LocalDateTime turn = month.next().value().atDay(1).atStartOfDay();
        for (int hour = -48; hour < 48; hour++) {
            Instant instant = turn.plusHours(hour).atZone(TOKYO).toInstant();

            assertThat(TreatmentMonth.at(instant)).as("%d h", hour).isEqualTo(hour < 0 ? month : month.next());
            assertThat(month.contains(TreatmentMonth.dateAt(instant))).isEqualTo(hour < 0);
        }
    }

    @ParameterizedTest
    @MethodSource("months")
    void closes_at_24_hours_of_the_last_day_of_the_month_after(TreatmentMonth month) {
        LocalDateTime close = month.next().next().value().atDay(1).atStartOfDay();
        for (int hour = -48; hour < 48; hour++) {
            Instant instant = close.plusHours(hour).atZone(TOKYO).toInstant();

            assertThat(month.isClosedAt(instant)).as("%d h", hour).isEqualTo(hour >= 0);
        }
        Instant lastInstant = month.closedFrom().minusNanos(1);
        assertThat(month.isClosedAt(lastInstant)).isFalse();
        assertThat(TreatmentMonth.dateAt(lastInstant)).isEqualTo(month.closes());
    }

    @ParameterizedTest
    @MethodSource("months")
    void knows_its_neighbours_and_its_index(TreatmentMonth month) {
        assertThat(month.next().previous()).isEqualTo(month);
        assertThat(month.next()).isGreaterThan(month);
        assertThat(month.next().index()).isEqualTo(month.index() + 1);
        assertThat(TreatmentMonth.ofIndex(month.index())).isEqualTo(month);
        assertThat(TreatmentMonth.parse(month.toString())).isEqualTo(month);
        assertThat(TreatmentMonth.of(month.due())).isEqualTo(month);
        assertThat(TreatmentMonth.of(month.closes())).isEqualTo(month.next());
    }

    @ParameterizedTest(name = "{0}: due {1}, filing {2}, closes {3}")
    @CsvSource({
        "2026-11, 2026-11-30, 2026-12-10, 2026-12-31",
        "2026-12, 2026-12-31, 2027-01-10, 2027-01-31",
        "2027-01, 2027-01-31, 2027-02-10, 2027-02-28",
        "2028-01, 2028-01-31, 2028-02-10, 2028-02-29",
        "2028-02, 2028-02-29, 2028-03-10, 2028-03-31",
        "2100-01, 2100-01-31, 2100-02-10, 2100-02-28",
    })
    void has_three_dates(String month, LocalDate due, LocalDate filing, LocalDate closes) {
        TreatmentMonth treated = TreatmentMonth.parse(month);

        assertThat(treated.due()).isEqualTo(due);
        assertThat(treated.filing(10)).isEqualTo(filing);
        assertThat(treated.closes()).isEqualTo(closes);
    }

    @Test
    void files_on_the_last_day_where_the_month_is_too_short() {
        assertThat(TreatmentMonth.of(2027, 1).filing(31)).isEqualTo(LocalDate.of(2027, 2, 28));
    }

    @Test
    void is_december_in_japan_while_it_is_still_november_in_utc() {
        assertThat(TreatmentMonth.at(Instant.parse("2026-11-30T14:59:59Z"))).isEqualTo(TreatmentMonth.of(2026, 11));
        assertThat(TreatmentMonth.at(Instant.parse("2026-11-30T15:00:00Z"))).isEqualTo(TreatmentMonth.of(2026, 12));
    }
}
