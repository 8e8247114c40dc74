package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DueStateTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 5);
    private static final List<Standing> OPEN =
            List.of(new Standing.Waiting(), new Standing.Deferred(), new Standing.Refused(), new Standing.Contested());
    private static final List<Standing> SETTLED =
            List.of(new Standing.Confirmed(Standing.By.CARD), new Standing.Attested(new Evidence.Basis.OwnRecord()));

    static Stream<Standing> open() {
        return OPEN.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-11-05, BEFORE_DUE",
        "2026-11-30, BEFORE_DUE",
        "2026-12-01, OVERDUE",
        "2026-12-10, OVERDUE",
        "2026-12-11, FILING_MISSED",
        "2026-12-31, FILING_MISSED",
        "2027-01-01, CLOSED",
    })
    void a_deferred_first_visit_passes_its_dates(LocalDate today, DueState state) {
        assertThat(dueState(VisitKind.INITIAL, new Standing.Deferred(), today)).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("open")
    void every_open_standing_of_a_first_visit_is_owed(Standing standing) {
        assertThat(dueState(VisitKind.INITIAL, standing, DAY)).isEqualTo(DueState.BEFORE_DUE);
    }

    @ParameterizedTest
    @MethodSource("open")
    void a_repeat_visit_owes_nothing(Standing standing) {
        assertThat(dueState(VisitKind.REPEAT, standing, DAY)).isEqualTo(DueState.NOT_OWED);
    }

    @Test
    void what_is_settled_owes_nothing_until_it_is_gone() {
        for (Standing standing : SETTLED) {
            assertThat(dueState(VisitKind.INITIAL, standing, LocalDate.of(2026, 12, 31)))
                    .isEqualTo(DueState.NOT_OWED);
            assertThat(dueState(VisitKind.INITIAL, standing, LocalDate.of(2027, 1, 1)))
                    .isEqualTo(DueState.CLOSED);
        }
    }

    private static DueState dueState(VisitKind kind, Standing standing, LocalDate today) {
        VisitStanding visit = new VisitStanding(
                new VisitId(Samples.id("v")), new PatientId(Samples.id("p")), kind, DAY, standing, null, Set.of());
        return DueState.of(visit, today, DueState.FILING_DAY);
    }
}
