package jp.kakunin.load.verification;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.Script;
import jp.kakunin.load.report.RunReport;
import jp.kakunin.load.verification.VisitTrace.Stage;
import org.jspecify.annotations.Nullable;

/// Reads the month of every clinic and compares. Each acknowledged visit must be there exactly once, at its own clinic,
/// standing at what its script says; a check whose answer no edge has heard yet may still be waiting. Poison must be
/// nowhere. Visits of the month before are not looked for: it is forgotten meanwhile, and who plays that looks himself.
public final class Verifier {
    static final int EXAMPLES_MAX = 20;
    private static final int CLINICS_AT_ONCE_MAX = 32;
    private static final int TRIES_MAX = 20;
    private static final long TRY_AGAIN_MILLIS = 500;
    private static final long CLINIC_SECONDS_MAX = 120;
    private static final String WAITING = "WAITING";

    private final Plan plan;
    private final VisitTrace trace;
    private final List<Script> scripts;
    private final IntFunction<InstitutionCode> codes;
    private final HistoryReader history;
    private final TreatmentMonth month;
    private final boolean isHubNew;
    private final Map<UUID, Integer> known = new HashMap<>();

    // Guarded by this.
    private final byte[] timesFound;
    private final @Nullable String[] wrongly;
    private final boolean[] elsewhere;
    private long strangers;
    private final List<RunReport.Example> examples = new ArrayList<>();

    /// What the hub holds could not be read back, so nothing is known.
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// @param codes of the clinics, by their number in the plan
    /// @param isHubNew nothing but this run can be there
    public Verifier(
            Plan plan,
            VisitTrace trace,
            List<Script> scripts,
            IntFunction<InstitutionCode> codes,
            HistoryReader history,
            TreatmentMonth month,
            boolean isHubNew) {
        this.plan = plan;
        this.trace = trace;
        this.scripts = List.copyOf(scripts);
        this.codes = codes;
        this.history = history;
        this.month = month;
        this.isHubNew = isHubNew;
        timesFound = new byte[trace.size()];
        wrongly = new String[trace.size()];
        elsewhere = new boolean[trace.size()];
        for (int visit = 0; visit < trace.size(); visit++) {
            UUID id = trace.id(visit);
            if (id != null) {
                known.put(id, visit);
            }
        }
    }

    public RunReport.Verification verify() throws UnreadableException, InterruptedException {
        Semaphore places = new Semaphore(CLINICS_AT_ONCE_MAX);
        List<CompletableFuture<Boolean>> readings = new ArrayList<>();
        for (int clinic = 0; clinic < plan.clinics().size(); clinic++) {
            places.acquire();
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            read(clinic, null, 1, done);
            readings.add(done.whenComplete((_, _) -> places.release()));
        }
        for (int clinic = 0; clinic < readings.size(); clinic++) {
            try {
                var _ = readings.get(clinic).get(CLINIC_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new UnreadableException("clinic " + codes.apply(clinic) + " could not be read back: " + e, e);
            }
        }
        return judge();
    }

    /// Page after page; a hub that is busy is asked again.
    private void read(int clinic, @Nullable String after, int attempt, CompletableFuture<Boolean> done) {
        var _ = history.page(codes.apply(clinic), month, after).whenComplete((page, failure) -> {
            if (failure == null) {
                take(clinic, page);
                String next = page.next();
                if (next == null) {
                    done.complete(true);
                } else {
                    read(clinic, next, 1, done);
                }
            } else if (attempt == TRIES_MAX) {
                done.completeExceptionally(failure);
            } else {
                CompletableFuture.delayedExecutor(TRY_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> read(clinic, after, attempt + 1, done));
            }
        });
    }

    private synchronized void take(int clinic, HistoryReader.Page page) {
        for (HistoryReader.FoundVisit found : page.visits()) {
            Integer visit = known.get(found.visit());
            String code = codes.apply(clinic).digits();
            if (visit == null) {
                if (isHubNew) {
                    strangers++;
                    example("wrong clinic", String.valueOf(found.visit()), code, "never sent", found.says());
                }
            } else if (plan.clinicOf(visit) != clinic || !found.clinic().equals(code)) {
                elsewhere[visit] = true;
                example("wrong clinic", visit, code, found.says());
            } else {
                if (timesFound[visit] < Byte.MAX_VALUE) {
                    timesFound[visit]++;
                }
                if (!isAsScripted(visit, found)) {
                    wrongly[visit] = found.says();
                }
            }
        }
    }

    private boolean isAsScripted(int visit, HistoryReader.FoundVisit found) {
        Script script = script(visit);
        boolean mayWait = script.hasCard() && !trace.isAnswered(visit);
        return found.says().equals(expected(visit))
                || mayWait && found.standing().equals(WAITING);
    }

    private Script script(int visit) {
        return scripts.get(plan.scriptOf(visit));
    }

    private String expected(int visit) {
        Script script = script(visit);
        if (plan.oddityOf(visit).isPoison()) {
            return "in quarantine alone";
        }
        return script.by() == null ? script.standing() : script.standing() + " " + script.by();
    }

    private synchronized RunReport.Verification judge() {
        Map<Verdict, Long> of = new EnumMap<>(Verdict.class);
        long refusedWrongly = 0;
        long unknownFound = 0;
        long unknownNotFound = 0;
        for (int visit = 0; visit < trace.size(); visit++) {
            Stage stage = trace.stage(visit);
            Oddity oddity = plan.oddityOf(visit);
            if (oddity == Oddity.LAST_MONTH) {
                continue;
            }
            if (stage == Stage.REFUSED && !oddity.isPoison()) {
                refusedWrongly++;
                example("wrongly refused", visit, code(visit), "refused");
            } else if (stage == Stage.REFUSED && timesFound[visit] > 0) {
                of.merge(Verdict.WRONG, 1L, Long::sum);
                example("wrong standing", visit, code(visit), "as a visit");
            } else if (stage == Stage.ACKNOWLEDGED) {
                of.merge(verdict(visit), 1L, Long::sum);
            } else if (stage == Stage.SENT) {
                boolean found = timesFound[visit] > 0;
                unknownFound += found ? 1 : 0;
                unknownNotFound += found ? 0 : 1;
                example(found ? "unknown found" : "unknown not found", visit, code(visit), "-");
            }
        }
        return new RunReport.Verification(
                of.values().stream().mapToLong(Long::longValue).sum(),
                of.getOrDefault(Verdict.GOOD, 0L),
                of.getOrDefault(Verdict.MISSING, 0L),
                of.getOrDefault(Verdict.DOUBLED, 0L),
                of.getOrDefault(Verdict.ELSEWHERE, 0L) + strangers,
                of.getOrDefault(Verdict.WRONG, 0L),
                refusedWrongly,
                unknownFound,
                unknownNotFound,
                examples);
    }

    private enum Verdict {
        GOOD,
        MISSING,
        DOUBLED,
        ELSEWHERE,
        WRONG
    }

    private Verdict verdict(int visit) {
        String says = plan.oddityOf(visit).isPoison() ? "as if it were good" : wrongly[visit];
        if (elsewhere[visit]) {
            return Verdict.ELSEWHERE;
        }
        if (timesFound[visit] == 0) {
            example("missing", visit, code(visit), "-");
            return Verdict.MISSING;
        }
        if (timesFound[visit] > 1) {
            example("doubled", visit, code(visit), timesFound[visit] + " times");
            return Verdict.DOUBLED;
        }
        if (says != null) {
            example("wrong standing", visit, code(visit), says);
            return Verdict.WRONG;
        }
        return Verdict.GOOD;
    }

    private String code(int visit) {
        return codes.apply(plan.clinicOf(visit)).digits();
    }

    private void example(String kind, int visit, String clinic, String found) {
        example(kind, String.valueOf(trace.id(visit)), clinic, expected(visit), found);
    }

    private void example(String kind, String visit, String clinic, String expected, String found) {
        if (examples.size() < EXAMPLES_MAX) {
            examples.add(new RunReport.Example(kind, visit, clinic, expected, found));
        }
    }
}
