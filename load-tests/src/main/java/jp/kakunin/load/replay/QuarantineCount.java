package jp.kakunin.load.replay;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;

/// Whether what was harmed on purpose ended where it must: poison in quarantine and nothing else there, and what was
/// offered twice taken once.
final class QuarantineCount implements Aside {
    private final Plan plan;
    private final VisitTrace trace;
    private final Gauge gauge;
    private final HubApi hub;

    QuarantineCount(Plan plan, VisitTrace trace, Gauge gauge, HubApi hub) {
        this.plan = plan;
        this.trace = trace;
        this.gauge = gauge;
        this.hub = hub;
    }

    @Override
    public void begin(long atNanos) {}

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public void stop() {}

    @Override
    public List<RunReport.Measured> measured() throws IOException, InterruptedException {
        int[] sentPoison = sentPoison();
        long found = 0;
        long wrong = 0;
        long poison = 0;
        for (int clinic = 0; clinic < plan.clinics().size(); clinic++) {
            int sent = sentPoison[clinic];
            JsonArray items =
                    hub.get("/api/quarantine?clinic=" + LoadHub.clinic(clinic)).getJsonArray("items");
            poison += sent;
            found += Math.min(sent, items.size());
            wrong += Math.max(0, items.size() - sent);
        }
        long twice = gauge.timesOfferedAgain();
        return List.of(
                measured("poison.malformed", "facts that no hub can read", count(Oddity.MALFORMED), "facts"),
                measured("poison.year", "facts of a wrong year", count(Oddity.WRONG_YEAR), "facts"),
                measured("twice.offered", "facts offered a second time", twice, "facts"),
                measured(
                        "order.late",
                        "facts captured before younger ones that were sent",
                        count(Oddity.OUT_OF_ORDER),
                        "facts"),
                measured("clocks.off", "clinics whose clock was wrong", clocksOff(), "clinics"),
                measured("quarantined", "facts found in quarantine", found + wrong, "facts"),
                measured("quarantined.wrong", "of them no poison", wrong, "facts"),
                share("quarantined.share", "share of the poison that was sent", found, poison),
                share(
                        "twice.share",
                        "share of the second offers that were acknowledged",
                        gauge.timesTakenAgain(),
                        twice));
    }

    private static RunReport.Measured measured(String name, String meaning, long value, String unit) {
        return new RunReport.Measured(name, meaning, (double) value, unit);
    }

    private static RunReport.Measured share(String name, String meaning, long part, long of) {
        @Nullable Double share = of == 0 ? null : (double) part / of;
        return new RunReport.Measured(name, meaning, share, "");
    }

    /// By clinic.
    private int[] sentPoison() {
        int[] sent = new int[plan.clinics().size()];
        for (int visit = 0; visit < plan.size(); visit++) {
            boolean isTaken = trace.stage(visit).compareTo(Stage.REFUSED) >= 0;
            sent[plan.clinicOf(visit)] += isTaken && plan.oddityOf(visit).isPoison() ? 1 : 0;
        }
        return sent;
    }

    private long count(Oddity oddity) {
        return IntStream.range(0, plan.size())
                .filter(visit -> plan.oddityOf(visit) == oddity)
                .count();
    }

    private long clocksOff() {
        return plan.clinics().stream().filter(each -> !each.clockOff().isZero()).count();
    }
}
