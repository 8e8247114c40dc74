package jp.kakunin.load.replay;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import jp.kakunin.domain.PatientId;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.HistoryReader;
import jp.kakunin.load.verification.VisitTrace;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;

/// Clinics write their claims: each reads the months of its patients at the times of the plan, whatever became of the
/// reads before. Each answer must hold every visit of that patient that was acknowledged when it was asked for, and
/// none that is not of that patient and clinic.
final class ClaimReads implements Aside {
    private static final int OK = 200;

    /// Of one clinic; the others wait for their turn, and their time runs.
    private static final int READS_AT_ONCE = 8;

    private final Plan plan;
    private final VisitFacts facts;
    private final VisitTrace trace;
    private final Fleet fleet;
    private final Gauge gauge;
    private final Map<Integer, Desk> desks = new HashMap<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder right = new LongAdder();
    private final LongAdder visits = new LongAdder();
    private final LongAdder wished = new LongAdder();
    private volatile boolean stopped;
    private volatile boolean allSent;

    private record PatientVisits(PatientId patient, List<Integer> visits) {}

    private record Wish(PatientVisits of, long intendedNanos) {}

    /// Where one clinic writes its claims. Guarded by itself.
    private static final class Desk {
        final List<PatientVisits> patients;
        final Queue<Wish> wishes = new ArrayDeque<>();
        int underWay;

        Desk(Collection<PatientVisits> patients) {
            this.patients = List.copyOf(patients);
        }
    }

    ClaimReads(Plan plan, VisitFacts facts, VisitTrace trace, Fleet fleet, Gauge gauge) {
        this.plan = plan;
        this.facts = facts;
        this.trace = trace;
        this.fleet = fleet;
        this.gauge = gauge;
        Map<Integer, Map<PatientId, PatientVisits>> all = new HashMap<>();
        for (int visit = 0; visit < plan.size(); visit++) {
            if (plan.oddityOf(visit) != Oddity.LAST_MONTH
                    && !plan.oddityOf(visit).isPoison()) {
                all.computeIfAbsent(plan.clinicOf(visit), _ -> new HashMap<>())
                        .computeIfAbsent(facts.patientOf(visit), who -> new PatientVisits(who, new ArrayList<>()))
                        .visits()
                        .add(visit);
            }
        }
        all.forEach((clinic, of) -> desks.put(clinic, new Desk(of.values())));
    }

    @Override
    public void begin(long atNanos) {
        var _ = Thread.ofPlatform().name("claims").daemon().start(() -> read(atNanos));
    }

    private void read(long beganNanos) {
        SplittableRandom random = new SplittableRandom(plan.seed());
        for (Plan.Read each : plan.reads()) {
            long intended = beganNanos + TimeUnit.MICROSECONDS.toNanos(each.atMicros());
            while (!stopped && System.nanoTime() < intended) {
                LockSupport.parkNanos(intended - System.nanoTime());
            }
            if (stopped) {
                break;
            }
            Desk desk = desks.get(each.clinic());
            if (desk != null) {
                wished.increment();
                synchronized (desk) {
                    desk.wishes.add(new Wish(desk.patients.get(random.nextInt(desk.patients.size())), intended));
                    next(each.clinic(), desk);
                }
            }
        }
        allSent = true;
    }

    private void next(int clinic, Desk desk) {
        synchronized (desk) {
            while (desk.underWay < READS_AT_ONCE && !desk.wishes.isEmpty()) {
                desk.underWay++;
                read(clinic, desk, desk.wishes.remove());
            }
        }
    }

    private void read(int clinic, Desk desk, Wish wish) {
        Set<UUID> there = ids(wish.of(), Stage.ACKNOWLEDGED);
        fleet.readPatient(clinic, facts.month(), wish.of().patient(), got -> {
            answered.increment();
            gauge.read(wish.intendedNanos(), System.nanoTime());
            synchronized (desk) {
                desk.underWay--;
                next(clinic, desk);
            }
            String wrong = wrong(got, there, wish.of(), clinic);
            if (wrong == null) {
                right.increment();
            } else {
                gauge.error("read " + wrong);
            }
        });
    }

    /// Null when nothing is.
    private @Nullable String wrong(FleetLine.Got got, Set<UUID> there, PatientVisits of, int clinic) {
        if (got.status() != OK) {
            return "status " + got.status();
        }
        Set<UUID> mayBeThere = ids(of, Stage.RECORDED);
        Set<UUID> found = new HashSet<>();
        for (HistoryReader.FoundVisit each :
                HistoryReader.Page.of(new JsonObject(Buffer.buffer(got.body()))).visits()) {
            visits.increment();
            if (!each.clinic().equals(LoadHub.clinic(clinic).digits()) || !mayBeThere.contains(each.visit())) {
                return "shows a visit of somebody else";
            }
            if (!found.add(each.visit())) {
                return "shows a visit twice";
            }
        }
        return found.containsAll(there) ? null : "lacks a visit";
    }

    /// Those of the patient that came at least so far.
    private Set<UUID> ids(PatientVisits of, Stage least) {
        Set<UUID> ids = new HashSet<>();
        for (int visit : of.visits()) {
            UUID id = trace.stage(visit).compareTo(least) >= 0 ? trace.id(visit) : null;
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    @Override
    public boolean isDone() {
        return allSent && answered.sum() == wished.sum();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public List<RunReport.Measured> measured() {
        return List.of(
                new RunReport.Measured(
                        "reads.planned",
                        "patient-months to be read",
                        (double) plan.reads().size(),
                        "reads"),
                new RunReport.Measured("reads.answered", "answered, or failed", (double) answered.sum(), "reads"),
                new RunReport.Measured("reads.visits", "visits they showed", (double) visits.sum(), "visits"),
                new RunReport.Measured(
                        "reads.right.share",
                        "share of the planned reads that were answered rightly",
                        plan.reads().isEmpty()
                                ? null
                                : (double) right.sum() / plan.reads().size(),
                        ""));
    }
}
