package jp.kakunin.hub.reconcile;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.MONTH;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.hub.testing.Sample;
import org.junit.jupiter.api.Test;

final class ObligationsTest {
    private final Sample sample = new Sample(1);
    private final PatientId patient = sample.ids.patient();

    @Test
    void every_visit_that_is_not_confirmed_is_on_the_worklist() {
        List<VisitStanding> visits = Stream.of(VisitKind.values())
                .flatMap(kind -> Stream.of(
                                new Standing.Confirmed(Standing.By.CARD),
                                new Standing.Attested(new Evidence.Basis.OwnRecord()),
                                new Standing.Waiting(),
                                new Standing.Deferred(),
                                new Standing.Refused(),
                                new Standing.Contested())
                        .map(standing -> visit(kind, standing)))
                .toList();

        Set<WorkItem> worklist = Obligations.of(new PatientMonth(CLINIC, MONTH, patient), List.of(), visits, Set.of())
                .worklist();

        assertThat(worklist)
                .extracting(item -> item.kind() + " " + item.standing() + (item.isOwed() ? ", owed" : ""))
                .containsExactlyInAnyOrder(
                        "INITIAL ATTESTED",
                        "INITIAL WAITING, owed",
                        "INITIAL DEFERRED, owed",
                        "INITIAL REFUSED, owed",
                        "INITIAL CONTESTED, owed",
                        "REPEAT ATTESTED",
                        "REPEAT WAITING",
                        "REPEAT DEFERRED",
                        "REPEAT REFUSED",
                        "REPEAT CONTESTED");
    }

    @Test
    void a_visit_filed_under_another_patient_is_that_patients() {
        VisitStanding other = visit(VisitKind.INITIAL, new Standing.Deferred());
        var mine = new PatientMonth(CLINIC, MONTH, sample.ids.patient());

        assertThat(Obligations.of(mine, List.of(), List.of(other), Set.of()).worklist())
                .isEmpty();
    }

    private VisitStanding visit(VisitKind kind, Standing standing) {
        return new VisitStanding(sample.ids.visit(), patient, kind, TODAY, standing, null, Set.of());
    }
}
