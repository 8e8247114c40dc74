package jp.kakunin.load.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.PlanMaker;
import jp.kakunin.load.population.Scenario;
import jp.kakunin.load.population.TrafficModel;
import jp.kakunin.load.verification.HistoryReader;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PurgeWatchTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-30T15:00:00Z");
    private static final TreatmentMonth MONTH = TreatmentMonth.parse("2026-10");
    private static final int CLINICS = 20;
    private static final int GONE = 410;

    private final Plan plan = PlanMaker.plan(TrafficModel.SHIPPED, Scenario.named("L8"), CLINICS, 1);
    private final VisitTrace trace = new VisitTrace(plan.size());
    private final Midnight midnight = new Midnight(MIDNIGHT, new SteppingClock(MIDNIGHT.minusMillis(200)));

    @TempDir
    Path folder;

    @BeforeEach
    void everythingIsAcknowledged() {
        for (int visit = 0; visit < plan.size(); visit++) {
            trace.recorded(visit, new VisitId(new UUID(1, visit)));
            trace.reached(visit, Stage.ACKNOWLEDGED);
        }
    }

    @Test
    void a_month_that_goes_at_midnight_is_shown_before_and_never_after() {
        PurgeWatch watch = watch((clinic, _, _) -> midnight.isPast() ? gone() : shown(clinic));
        assertEquals(1, value(watch, "purge.before.share"));
        assertEquals(0, value(watch, "purge.shown.s"));
        assertTrue(value(watch, "purge.erased.s") > 0);
        assertEquals(2, watch.milestones().size());
    }

    @Test
    void a_clinic_that_is_shown_it_after_midnight_is_noticed() {
        int[] again = {3};
        PurgeWatch watch = watch((clinic, _, _) -> {
            boolean isLate = clinic.equals(LoadHub.clinic(1)) && again[0] > 0 && midnight.isPast();
            again[0] -= isLate ? 1 : 0;
            return midnight.isPast() && !isLate ? gone() : shown(clinic);
        });
        assertTrue(value(watch, "purge.shown.s") > 0);
    }

    @Test
    void a_month_that_was_never_there_is_no_proof() {
        PurgeWatch watch = watch((_, _, _) -> midnight.isPast() ? gone() : page(List.of()));
        assertEquals(0, value(watch, "purge.before.share"));
    }

    @Test
    void a_hub_that_fails_leaves_it_unmeasured() {
        PurgeWatch watch = watch((_, _, _) -> CompletableFuture.failedFuture(new HistoryReader.NotToldException(500)));
        assertTrue(watch.isDone());
        assertNull(found(watch, "purge.erased.s"));
        assertNull(found(watch, "purge.shown.s"));
    }

    private PurgeWatch watch(HistoryReader history) {
        Path receipts = folder.resolve("receipts");
        HistoryReader certified = (clinic, month, after) -> {
            if (midnight.isPast()) {
                certify(receipts);
            }
            return history.page(clinic, month, after);
        };
        PurgeWatch watch = new PurgeWatch(plan, trace, MONTH, certified, receipts, folder, midnight);
        watch.watch();
        return watch;
    }

    private static void certify(Path receipts) {
        try {
            Files.writeString(receipts, "{\"month\":\"2026-10\"}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletableFuture<HistoryReader.Page> gone() {
        return CompletableFuture.failedFuture(new HistoryReader.NotToldException(GONE));
    }

    private CompletableFuture<HistoryReader.Page> shown(InstitutionCode clinic) {
        List<HistoryReader.FoundVisit> visits = new ArrayList<>();
        for (int visit = 0; visit < plan.size(); visit++) {
            boolean isOld = plan.oddityOf(visit) == Oddity.LAST_MONTH;
            if (isOld && LoadHub.clinic(plan.clinicOf(visit)).equals(clinic)) {
                visits.add(new HistoryReader.FoundVisit(new UUID(1, visit), clinic.digits(), "DEFERRED", null));
            }
        }
        return page(visits);
    }

    private static CompletableFuture<HistoryReader.Page> page(List<HistoryReader.FoundVisit> visits) {
        return CompletableFuture.completedFuture(new HistoryReader.Page(visits, null));
    }

    private static double value(PurgeWatch watch, String name) {
        Double value = found(watch, name);
        assertNotNull(value, name);
        return value;
    }

    private static @Nullable Double found(PurgeWatch watch, String name) {
        try {
            return watch.measured().stream()
                    .filter(each -> each.name().equals(name))
                    .toList()
                    .getFirst()
                    .value();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
