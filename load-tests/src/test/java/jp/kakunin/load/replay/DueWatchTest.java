package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.kakunin.domain.VisitId;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DueWatchTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-28T15:00:00Z");
    private static final int DUE = 30;
    private static final int PAGE = 7;

    private final Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named("L7"), 10, 1);
    private final VisitTrace trace = new VisitTrace(plan.size());
    private final SteppingClock clock = new SteppingClock(MIDNIGHT.minusMillis(3));
    private final Midnight midnight = new Midnight(MIDNIGHT, clock);
    private final List<UUID> owed = new ArrayList<>();

    DueWatchTest() {
        for (int visit = 0; visit < plan.size(); visit++) {
            VisitId id = new VisitId(new UUID(1, visit));
            trace.recorded(visit, id);
            trace.reached(visit, Stage.ACKNOWLEDGED);
            if (visit < DUE) {
                owed.add(id.value());
            }
        }
    }

    @Test
    void it_is_done_when_the_last_of_many_pages_shows_the_last_as_urgent() {
        DueWatch watch = watch(path -> page(path, owed, midnight.isPast() ? "ONE_DAY" : "THREE_DAYS"));
        assertEquals(DUE, value(watch, "due.visits"));
        assertEquals(1, value(watch, "due.shown.share"));
        assertEquals(0, value(watch, "due.wrong"));
        assertTrue(value(watch, "due.shown.s") > 0);
        assertNotNull(watch.milestones().getFirst().at());
    }

    @Test
    void what_is_urgent_before_its_time_is_wrong() {
        assertEquals(DUE, value(watch(path -> page(path, owed, "ONE_DAY")), "due.wrong"));
    }

    @Test
    void what_is_shown_and_not_due_is_wrong() {
        List<UUID> more = new ArrayList<>(owed);
        more.add(new UUID(2, 2));
        assertEquals(
                1, value(watch(path -> page(path, more, midnight.isPast() ? "ONE_DAY" : "THREE_DAYS")), "due.wrong"));
    }

    @Test
    void one_that_is_never_shown_leaves_the_time_unmeasured() {
        int[] looks = {0};
        DueWatch[] watch = new DueWatch[1];
        watch[0] = new DueWatch(
                plan,
                trace,
                visit -> visit < DUE,
                path -> {
                    if (midnight.isPast() && looks[0]++ == 100) {
                        watch[0].stop();
                    }
                    return page(path, owed.subList(1, DUE), midnight.isPast() ? "ONE_DAY" : "THREE_DAYS");
                },
                midnight);
        watch[0].watch();
        assertNull(found(watch[0], "due.shown.s"));
        assertEquals(1 - 1.0 / DUE, value(watch[0], "due.shown.share"), 1e-9);
    }

    @Test
    void a_hub_that_does_not_answer_leaves_it_unmeasured() {
        DueWatch watch = watch(_ -> {
            throw new IOException("away");
        });
        assertTrue(watch.isDone());
        assertNull(found(watch, "due.shown.s"));
        assertNull(found(watch, "due.shown.share"));
    }

    private DueWatch watch(HubApi hub) {
        DueWatch watch = new DueWatch(plan, trace, visit -> visit < DUE, hub, midnight);
        watch.watch();
        return watch;
    }

    private static double value(DueWatch watch, String name) {
        Double value = found(watch, name);
        assertNotNull(value, name);
        return value;
    }

    private static @Nullable Double found(DueWatch watch, String name) {
        return watch.measured().stream()
                .filter(each -> each.name().equals(name))
                .toList()
                .getFirst()
                .value();
    }

    private static JsonObject page(String path, List<UUID> of, String stage) {
        int from = path.contains("after=") ? Integer.parseInt(path.substring(path.indexOf('=') + 1)) : 0;
        JsonArray items = new JsonArray();
        of.subList(from, Math.min(of.size(), from + PAGE))
                .forEach(visit -> items.add(new JsonObject()
                        .put("visit", visit.toString())
                        .put("deadline", "DUE")
                        .put("stage", stage)
                        .put("standing", "DEFERRED")));
        items.add(new JsonObject()
                .put("visit", new UUID(3, from).toString())
                .put("deadline", "DUE")
                .put("stage", stage)
                .put("standing", "WAITING"));
        JsonObject page = new JsonObject().put("items", items);
        return from + PAGE < of.size() ? page.put("next", String.valueOf(from + PAGE)) : page;
    }
}
