package jp.kakunin.load.replay;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.IdSource;
import jp.kakunin.edge.exchange.Moment;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.verification.VisitTrace;
import org.jspecify.annotations.Nullable;

/// The edges that one thread looks after: gives each its turn once a second, and has the patients of the plan come
/// when they are meant to, whatever becomes of those before them.
final class Crew {
    static final String APP_VERSION = "0.1.0";

    /// The machine wants a turn every second; in slices, so that tens of thousands do not take it at one moment.
    private static final int SLICES = 100;

    private static final long SLICE_MILLIS = TimeUnit.SECONDS.toMillis(1) / SLICES;
    private static final int ARRIVALS_AT_ONCE = 100;
    private static final long LOOK_MICROS_MAX = 1_000;

    /// A patient whom the tester could not serve for so long has gone.
    private static final long DROP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EventLoop loop;
    private final InstantSource clock;
    private final IdSource ids;
    private final RandomGenerator random;
    private final Plan plan;
    private final VisitTrace trace;
    private final Gauge gauge;
    private final VisitMaker maker;
    private final long bornNanos = System.nanoTime();
    private final List<VirtualEdge> edges = new ArrayList<>();
    private final int crews;
    private final int[] arrivals;

    // From here on only on the loop.
    private int started;
    private int slice;
    private int next;
    private long beganNanos;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> turns;

    /// @param crews among which the edges are dealt out in turns
    /// @param arrivals those of its edges, in order of time
    Crew(
            EventLoop loop,
            InstantSource clock,
            RandomGenerator random,
            Plan plan,
            VisitTrace trace,
            Gauge gauge,
            VisitMaker maker,
            int crews,
            int[] arrivals) {
        this.loop = loop;
        this.clock = clock;
        this.random = random;
        this.ids = new IdSource(clock, random);
        this.plan = plan;
        this.trace = trace;
        this.gauge = gauge;
        this.maker = maker;
        this.crews = crews;
        this.arrivals = arrivals;
    }

    /// Before anything runs.
    void join(VirtualEdge edge) {
        edges.add(edge);
    }

    Moment now() {
        return new Moment(clock.instant(), Duration.ofNanos(System.nanoTime() - bornNanos));
    }

    IdSource ids() {
        return ids;
    }

    RandomGenerator random() {
        return random;
    }

    Plan plan() {
        return plan;
    }

    VisitTrace trace() {
        return trace;
    }

    Gauge gauge() {
        return gauge;
    }

    EventLoop loop() {
        return loop;
    }

    long intendedNanos(int visit) {
        return beganNanos + plan.nanosAt(visit);
    }

    /// One more of its edges is switched on.
    void startOne() {
        loop.execute(() -> {
            if (turns == null) {
                turns = loop.scheduleAtFixedRate(this::turn, SLICE_MILLIS, SLICE_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (started < edges.size()) {
                edges.get(started++).poll();
            }
        });
    }

    private void turn() {
        slice = (slice + 1) % SLICES;
        for (int i = slice; i < started; i += SLICES) {
            edges.get(i).poll();
        }
    }

    void play(long atNanos) {
        loop.execute(() -> {
            beganNanos = atNanos;
            arrive();
        });
    }

    /// No more patients come.
    void stop() {
        loop.execute(() -> stopped = true);
    }

    private void arrive() {
        for (int done = 0; next < arrivals.length && !stopped; done++) {
            int visit = arrivals[next];
            long now = System.nanoTime();
            long wait = intendedNanos(visit) - now;
            if (wait > 0 || done == ARRIVALS_AT_ONCE || !maker.isMade(visit)) {
                long micros = wait > 0 ? TimeUnit.NANOSECONDS.toMicros(wait) : done == 0 ? LOOK_MICROS_MAX : 0;
                var _ = loop.schedule(this::arrive, Math.min(micros, LOOK_MICROS_MAX), TimeUnit.MICROSECONDS);
                return;
            }
            next++;
            MadeVisit made = maker.take(visit);
            if (-wait > DROP_NANOS) {
                trace.reached(visit, VisitTrace.Stage.DROPPED);
                gauge.dropped();
            } else {
                trace.recorded(visit, made.visit());
                gauge.recorded(plan.isLive(visit), intendedNanos(visit), now);
                edges.get(plan.clinicOf(visit) / crews).record(visit, made);
            }
        }
    }
}
