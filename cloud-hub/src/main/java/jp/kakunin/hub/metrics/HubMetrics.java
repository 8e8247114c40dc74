package jp.kakunin.hub.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.hub.authority.AuthorityHealth;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.clock.BusinessClock;
import jp.kakunin.hub.erasure.MonthEnd;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.http.Network;
import jp.kakunin.hub.journal.SyncObserver;

/// Gives the hub's counters their names in Prometheus.
///
/// `kakunin_facts_received_total` = the sum of `kakunin_facts_total` over its outcomes, always (P10).
public final class HubMetrics {
    static final Duration[] LATENCIES = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private HubMetrics() {}

    public static void bind(MeterRegistry registry, Counters counters, Network network, OpenCounts open) {
        FunctionCounter.builder("kakunin.facts.received", counters, Counters::received)
                .description("Facts of acknowledged batches")
                .register(registry);
        for (Counters.Fate fate : Counters.Fate.values()) {
            FunctionCounter.builder("kakunin.facts", counters, all -> all.facts(fate))
                    .description("What became of the facts; sums up to those received")
                    .tag("outcome", word(fate))
                    .register(registry);
        }
        for (Counters.Event event : Counters.Event.values()) {
            FunctionCounter.builder("kakunin.events", counters, all -> all.events(event))
                    .description("Things that happened in the exchange")
                    .tag("event", word(event))
                    .register(registry);
        }
        for (Refusal refusal : Refusal.values()) {
            FunctionCounter.builder("kakunin.refusals", counters, all -> all.refusals(refusal))
                    .description("Batches and waits that were not looked at")
                    .tag("refusal", word(refusal))
                    .register(registry);
        }
        for (QuarantineReason reason : QuarantineReason.values()) {
            FunctionCounter.builder("kakunin.quarantined", counters, all -> all.quarantined(reason))
                    .description("Facts set aside, by reason")
                    .tag("reason", word(reason))
                    .register(registry);
        }
        gauges(registry, network, open);
    }

    /// Answers by kind are counted where they are committed: `kakunin_answers_total`.
    public static void bind(MeterRegistry registry, AuthorityHealth authority) {
        FunctionCounter.builder("kakunin.authority.asked", authority, AuthorityHealth::asked)
                .description("Questions put to the authority, also again")
                .register(registry);
        for (AuthorityResult.Cause cause : AuthorityResult.Cause.values()) {
            FunctionCounter.builder("kakunin.authority.no.answers", authority, all -> all.noAnswers(cause))
                    .description("Questions put to the authority that got no answer, which is not a negative one")
                    .tag("cause", word(cause))
                    .register(registry);
        }
        Gauge.builder("kakunin.authority.breaker", authority, AuthorityHealth::breaker)
                .description("0: the authority answers; 1: single questions find out; 2: the backlog rests")
                .register(registry);
        Gauge.builder("kakunin.authority.pace", authority, AuthorityHealth::questionsPerSecond)
                .description("Questions a second that the hub allows itself; less after the authority said it was busy")
                .register(registry);
    }

    /// How long the disk takes, and how many commits share one sync.
    public static SyncObserver syncs(MeterRegistry registry) {
        Timer sync = Timer.builder("kakunin.commit.sync")
                .description("Writing and syncing one group of commits")
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
        DistributionSummary group = DistributionSummary.builder("kakunin.commit.group")
                .description("Commits that shared one sync")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
                .register(registry);
        return (commits, nanos) -> {
            sync.record(nanos, TimeUnit.NANOSECONDS);
            group.record(commits);
        };
    }

    public static void time(MeterRegistry registry, MonthEnd monthEnd, BusinessClock clock) {
        Gauge.builder("kakunin.months.overdue", monthEnd, MonthEnd::overdue)
                .description("Months that should be forgotten and are not; more than 0 for minutes is an alarm")
                .register(registry);
        Gauge.builder("kakunin.clock.leap", clock, each -> each.leap().toSeconds())
                .baseUnit("seconds")
                .description("How far the machine's clock is from the time the hub goes by; 0 while it is believed")
                .register(registry);
    }

    private static void gauges(MeterRegistry registry, Network network, OpenCounts open) {
        Gauge.builder("kakunin.edge.connections", network, Network::connections)
                .description("Open connections of edge nodes")
                .register(registry);
        Gauge.builder("kakunin.edge.handshakes", network, Network::handshakes)
                .description("TLS handshakes under way")
                .register(registry);
        FunctionCounter.builder("kakunin.edge.connected", network, Network::admitted)
                .description("TLS handshakes that came to their end")
                .register(registry);
        FunctionCounter.builder("kakunin.edge.resumed", network, Network::resumed)
                .description("Those of them that were short, by the ticket of an earlier one")
                .register(registry);
        FunctionCounter.builder("kakunin.edge.turned.away", network, Network::turnedAway)
                .description("Connections closed before TLS, because too many handshakes ran or connections were open")
                .register(registry);
        Gauge.builder("kakunin.deferrals.open", open, OpenCounts::deferrals)
                .description("First visits that are not confirmed yet, counted up to " + OpenCounts.COUNTED_MAX)
                .register(registry);
        Gauge.builder("kakunin.questions.open", open, OpenCounts::questions)
                .description(
                        "Questions to the authority without an answer yet, counted up to " + OpenCounts.COUNTED_MAX)
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
