package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.junit.jupiter.api.Test;

final class QuarantineCountTest {
    private static final int CLINICS = 20;

    private final Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named("L9"), CLINICS, 3);
    private final VisitTrace trace = new VisitTrace(plan.size());

    @Test
    void poison_in_quarantine_is_counted_clinic_by_clinic() throws Exception {
        sendAll();
        assertEquals(1, measured(poisonHeld(0), "quarantined.share"));
        assertEquals(0, measured(poisonHeld(0), "quarantined.wrong"));
    }

    @Test
    void what_is_there_without_being_poison_does_not_make_up_for_poison_that_is_not() throws Exception {
        sendAll();
        assertEquals(0, measured(_ -> items(0), "quarantined.share"));
        assertEquals(1, measured(poisonHeld(1), "quarantined.share"));
        assertEquals(CLINICS, measured(poisonHeld(1), "quarantined.wrong"));
    }

    /// A hub that holds the poison of each clinic and so much more.
    private HubApi poisonHeld(int more) {
        return path -> {
            int clinic = 0;
            while (!path.endsWith(LoadHub.clinic(clinic).digits())) {
                clinic++;
            }
            return items(count(clinic) + more);
        };
    }

    private int count(int clinic) {
        int count = 0;
        for (int visit = 0; visit < plan.size(); visit++) {
            count += plan.clinicOf(visit) == clinic && plan.oddityOf(visit).isPoison() ? 1 : 0;
        }
        return count;
    }

    private void sendAll() {
        for (int visit = 0; visit < plan.size(); visit++) {
            trace.reached(visit, plan.oddityOf(visit).isPoison() ? Stage.REFUSED : Stage.ACKNOWLEDGED);
        }
    }

    private double measured(HubApi hub, String name) throws Exception {
        return new QuarantineCount(plan, trace, new Gauge(CLINICS), hub)
                .measured().stream()
                        .filter(each -> each.name().equals(name))
                        .map(each -> Objects.requireNonNull(each.value()))
                        .findFirst()
                        .orElseThrow();
    }

    static JsonObject items(int count) {
        JsonArray items = new JsonArray();
        for (int i = 0; i < count; i++) {
            items.add(new JsonObject());
        }
        return new JsonObject().put("items", items);
    }
}
