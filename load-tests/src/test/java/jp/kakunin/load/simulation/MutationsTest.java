package jp.kakunin.load.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A simulation that cannot fail proves nothing: each of these takes one safeguard away, and some seed must notice.
final class MutationsTest {
    private static final int SEEDS_MAX = 300;

    @Test
    void a_hub_that_forgets_fact_ids_breaks_exactly_once() {
        assertBreaks(ForgetsFactIds::new, "P2");
    }

    @Test
    void a_hub_that_takes_any_batch_for_the_next_breaks_the_sums() {
        assertBreaks(TakesAnyBatch::new, "P10");
    }

    @Test
    void a_hub_that_acknowledges_before_the_disk_has_it_loses_facts() {
        assertBreaks(HubWithoutSync::new, "P1");
    }

    @Test
    void an_edge_that_does_not_sync_loses_facts() {
        assertBreaks(EdgesWithoutSync::new, "P1");
    }

    @Test
    void a_hub_that_forgets_its_remarks_lets_the_desk_say_sent() {
        assertBreaks(ForgetsRemarks::new, "P1");
    }

    @Test
    void a_hub_that_keeps_closed_months_is_found_out() {
        assertBreaks(HubKeepsMonths::new, "P4");
    }

    @Test
    void an_edge_that_keeps_closed_months_is_found_out() {
        assertBreaks(EdgesKeepMonths::new, "P4");
    }

    @Test
    void an_edge_that_keeps_a_clinic_whose_declaration_ended_is_found_out() {
        assertBreaks(EdgesKeepClinics::new, "P5");
    }

    private static void assertBreaks(Supplier<Mutation> mutations, String promise) {
        List<String> noticed = new ArrayList<>();
        boolean broken = false;
        for (long seed = 1; seed <= SEEDS_MAX && !broken; seed++) {
            try {
                var _ = Simulation.run(seed, mutations.get());
            } catch (AssertionError e) {
                String said = String.valueOf(e.getMessage());
                broken = said.contains(" " + promise + ": ");
                noticed.add(said);
            }
        }
        assertTrue(broken, "no seed breaks " + promise + ", only " + noticed);
    }

    private static final class EdgesKeepClinics implements Mutation {
        @Override
        public boolean edgesRemove() {
            return false;
        }
    }

    /// Nothing that a batch brings is known by its id.
    private static final class ForgetsFactIds implements Mutation {
        private final Set<FactId> offered = new HashSet<>();

        @Override
        public void arriving(DeviceId device, Request request) {
            if (request instanceof Request.Push push) {
                offered.clear();
                for (Batch batch : push.batches()) {
                    for (SentFact sent : batch.facts()) {
                        if (FactCodec.decode(sent.fact()) instanceof Decoded.Known(Fact fact)) {
                            offered.add(fact.id());
                        }
                    }
                }
            }
        }

        @Override
        public Journal journal(Journal journal) {
            return new ForwardingJournal(journal) {
                @Override
                public Map<PatientMonth, Summary> summaries(Collection<PatientMonth> wanted) {
                    Map<PatientMonth, Summary> forgetful = new HashMap<>();
                    journal.summaries(wanted).forEach((key, summary) -> forgetful.put(key, without(summary)));
                    return forgetful;
                }
            };
        }

        private Summary without(Summary summary) {
            return new Summary(
                    summary.encoded().stream()
                            .filter(each -> !offered.contains(each.fact().id()))
                            .toList(),
                    summary.visits());
        }
    }

    /// Number and hash of a batch are always the ones the hub expects.
    private static final class TakesAnyBatch implements Mutation {
        private final Map<StreamId, StreamPosition> follows = new HashMap<>();

        @Override
        public void arriving(DeviceId device, Request request) {
            if (request instanceof Request.Push push) {
                push.batches()
                        .forEach(batch ->
                                follows.put(new StreamId(device, batch.epoch(), batch.clinic()), batch.follows()));
            }
        }

        @Override
        public Journal journal(Journal journal) {
            return new ForwardingJournal(journal) {
                @Override
                public @Nullable StreamState stream(StreamId stream) {
                    StreamState state = journal.stream(stream);
                    StreamPosition position = follows.get(stream);
                    return state == null || position == null
                            ? state
                            : new StreamState(
                                    position, state.tally(), state.remarks(), state.instance(), state.lastSeen());
                }
            };
        }
    }

    /// An edge that missed an acknowledgement is told the position and nothing more.
    private static final class ForgetsRemarks implements Mutation {
        @Override
        public Journal journal(Journal journal) {
            return new ForwardingJournal(journal) {
                @Override
                public @Nullable StreamState stream(StreamId stream) {
                    StreamState state = journal.stream(stream);
                    return state == null
                            ? null
                            : new StreamState(
                                    state.position(), state.tally(), List.of(), state.instance(), state.lastSeen());
                }
            };
        }
    }

    /// What the hub committed since its start is gone after a crash.
    private static final class HubWithoutSync implements Mutation {
        private @Nullable MemoryJournal synced;

        @Override
        public void starting(MemoryJournal disk) {
            synced = disk.backup(disk.incarnation());
        }

        @Override
        public MemoryJournal afterCrash(MemoryJournal disk) {
            return synced == null ? disk : synced;
        }
    }

    /// The hub says that a month is forgotten, and keeps it.
    private static final class HubKeepsMonths implements Mutation {
        @Override
        public Journal journal(Journal journal) {
            return new ForwardingJournal(journal) {
                @Override
                public CompletableFuture<@Nullable Void> closeMonth(TreatmentMonth month) {
                    return CompletableFuture.completedFuture(null);
                }
            };
        }
    }

    private static final class EdgesKeepMonths implements Mutation {
        @Override
        public boolean edgesForget() {
            return false;
        }
    }

    /// What an edge recorded since its start is gone after it stops.
    private static final class EdgesWithoutSync implements Mutation {
        @Override
        public boolean edgesSync() {
            return false;
        }
    }
}
