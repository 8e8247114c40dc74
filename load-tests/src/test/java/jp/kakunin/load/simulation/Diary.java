package jp.kakunin.load.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Acknowledged;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.Journal;

/// What the desks and the hub said is recorded, and which disasters took the only copy of something with them: the
/// yardstick at the end of a simulation.
final class Diary {
    /// An edge that was off and finds no hub cannot tell a clock that stood still or ran ahead by less than this;
    /// what it misdates by so little into a month that closes is lost like what is written down too late.
    private static final long UNNOTICED_DAYS_MAX = 14;

    private static final Duration HUB_TIME_OFF_MAX = Duration.ofMinutes(1);

    private final Network network;
    private final Town town;
    private final Happenings happenings;
    private final Map<FactId, Recorded> recorded = new LinkedHashMap<>();
    private final Map<FactId, Begun> begun = new LinkedHashMap<>();
    private final Map<FactId, Fact> acknowledged = new LinkedHashMap<>();
    private final Set<FactId> everStored = new HashSet<>();
    private final Set<Digest> everAside = new HashSet<>();
    private final Set<Digest> undone = new HashSet<>();
    private final Set<FactId> lost = new HashSet<>();
    private final Set<FactId> forgotten = new HashSet<>();
    private final Set<Digest> forgottenAside = new HashSet<>();

    /// @param misdated filed under a wrong month because of a clock that should have been noticed
    record Recorded(SimulatedEdge edge, Fact fact, Instant at, boolean misdated) {}

    private record Begun(SimulatedEdge edge, Fact fact) {}

    Diary(Network network) {
        this.network = network;
        town = network.town;
        happenings = network.happenings;
    }

    Happenings happenings() {
        return happenings;
    }

    /// The desk asked to record it, and may never hear more.
    void begun(SimulatedEdge edge, Fact fact) {
        begun.put(fact.id(), new Begun(edge, fact));
        if (!isBelieved(edge)) {
            lost.add(fact.id());
        }
    }

    /// The desk was told that it is recorded.
    void recorded(SimulatedEdge edge, Fact fact, Instant at) {
        long daysBehind = Duration.between(edge.now(), at).toDays();
        TreatmentMonth meant = TreatmentMonth.of(lastDateOf(fact).plusDays(daysBehind));
        boolean misdated = Math.abs(daysBehind) > UNNOTICED_DAYS_MAX
                && !meant.equals(fact.envelope().month())
                && !meant.isClosedAt(at);
        recorded.put(fact.id(), new Recorded(edge, fact, at, misdated));
        if (fact.envelope().clockDoubtful()) {
            happenings.count(Happening.CLOCK_DOUBTFUL);
        }
    }

    private static LocalDate lastDateOf(Fact fact) {
        return fact instanceof Fact.CheckRecorded check
                ? check.treatmentDate()
                : fact.envelope().month().due();
    }

    /// The hub answered; whether the answer arrives does not matter.
    Reply said(DeviceId device, Request request, Reply reply) {
        Duration off = Duration.between(network.time.instant(), reply.hubTime()).abs();
        Promise.P1.demand(off.compareTo(HUB_TIME_OFF_MAX) <= 0, "the hub says it is " + reply.hubTime());
        switch (reply.body()) {
            case Reply.Pushed(List<StreamReply> answers)
            when request instanceof Request.Push push -> {
                for (int i = 0; i < answers.size(); i++) {
                    if (answers.get(i) instanceof Acknowledged answer) {
                        if (town.status(device).ended().contains(answer.clinic())) {
                            happenings.count(
                                    Happening.QUARANTINED_DECLARATION_ENDED,
                                    answer.remarks().stream()
                                            .filter(remark -> remark.reason() == QuarantineReason.DEVICE_REVOKED)
                                            .count());
                        }
                        acknowledged(push.batches().get(i), answer);
                    }
                }
            }
            case Reply.News news -> news.facts().forEach(fact -> delivered(device, news.clinic(), fact));
            case Reply.Pushed _, Reply.Reset _, Reply.WaitRefused _, Reply.Busy _ -> {}
        }
        return reply;
    }

    private void acknowledged(Batch batch, Acknowledged answer) {
        Set<Long> remarks = answer.remarks().stream().map(Remark::seq).collect(Collectors.toSet());
        for (SentFact sent : batch.facts()) {
            if (FactCodec.decode(sent.fact()) instanceof Decoded.Known(Fact fact)) {
                if (!remarks.contains(sent.seq())) {
                    acknowledged.put(fact.id(), fact);
                }
            }
        }
    }

    private void delivered(DeviceId device, InstitutionCode clinic, Delivered delivered) {
        Promise.P5.demand(town.reads(device, clinic), device + " was given facts of " + clinic);
        if (FactCodec.decode(delivered.fact()) instanceof Decoded.Known(Fact fact)) {
            Promise.P5.demand(
                    fact.envelope().clinic().equals(clinic),
                    "a fact of " + fact.envelope().clinic() + " was delivered as one of " + clinic);
        }
    }

    /// An older image was put back on the edge's disk.
    ///
    /// @param before what was on it
    void edgeRestored(Set<FactId> before) {
        happenings.count(Happening.EDGE_RESTORED);
        taken(before);
    }

    /// A backup was put back on the hub's disk: what it lacks must come again from the edges, if they have it.
    void hubRestored(Set<FactId> before) {
        happenings.count(Happening.HUB_RESTORED);
        acknowledged.keySet().retainAll(Contents.factsOf(network.hub.journal(), town.clinics()));
        undone.addAll(everAside);
        undone.removeAll(Contents.setAsideIn(network.hub.journal(), town.clinics()));
        Set<FactId> all = new HashSet<>(before);
        begun.values().stream()
                .map(Begun::fact)
                .filter(fact -> undone.contains(content(fact)))
                .forEach(fact -> all.add(fact.id()));
        taken(all);
    }

    /// An edge removed what it kept of a clinic that ended there: the hub has it, unless it was just restored.
    ///
    /// @param before what was kept
    void clinicRemoved(Set<FactId> before) {
        if (!before.isEmpty()) {
            Set<Digest> setAside = Contents.setAsideIn(network.hub.journal(), town.clinics());
            taken(before.stream()
                    .filter(fact -> !begun.containsKey(fact)
                            || !setAside.contains(content(begun.get(fact).fact())))
                    .collect(Collectors.toSet()));
        }
    }

    private Digest content(Fact fact) {
        byte[] instead = network.poison.insteadOf(fact.id());
        return Digest.of(instead == null ? FactCodec.encode(fact) : instead);
    }

    /// The hub's disk has it, whoever is told.
    void committed(Commit commit) {
        for (Commit.Entry entry : commit.entries()) {
            if (FactCodec.decode(entry.entry().fact()) instanceof Decoded.Known(Fact fact)) {
                if (fact instanceof Fact.Quarantined quarantined) {
                    everAside.add(quarantined.content());
                    undone.remove(quarantined.content());
                } else {
                    if (fact instanceof Fact.EvidenceFoundUnusable found && found.flaw() == EvidenceFlaw.TOO_OLD) {
                        happenings.count(Happening.EVIDENCE_TOO_OLD);
                    }
                    everStored.add(fact.id());
                }
            }
        }
    }

    /// The hub forgets the month and all older ones: what it holds of them now may be gone from here on, whatever
    /// month its recorder meant.
    void closing(Journal journal, TreatmentMonth through) {
        for (InstitutionCode clinic : town.clinics()) {
            for (TreatmentMonth month : journal.head(clinic).tips().keySet()) {
                if (month.compareTo(through) <= 0) {
                    Contents contents = Contents.of(journal, clinic, month);
                    contents.facts().forEach(fact -> forgotten.add(fact.id()));
                    forgottenAside.addAll(contents.setAside());
                }
            }
        }
    }

    /// Whether the hub set it aside, and was restored to before, and has not had it since. If its edge forgot it in
    /// between, the law being what it is, it is gone.
    boolean isUndone(Digest content) {
        return undone.contains(content);
    }

    /// What only a stolen device holds is not believed any more.
    void stolen(DeviceId device) {
        happenings.count(Happening.DEVICE_STOLEN);
        network.edges.stream().filter(edge -> edge.device().equals(device)).forEach(edge -> taken(heldBy(edge)));
    }

    /// What was there and has no copy left that counts is lost; whoever has a copy must give it back.
    private void taken(Set<FactId> before) {
        Set<FactId> atHub = Contents.factsOf(network.hub.journal(), town.clinics());
        Set<FactId> atRecorder = new HashSet<>();
        Set<FactId> elsewhere = new HashSet<>();
        for (SimulatedEdge edge : network.edges) {
            if (isBelieved(edge)) {
                for (FactId fact : heldBy(edge)) {
                    (wasRecordedBy(edge, fact) ? atRecorder : elsewhere).add(fact);
                }
            }
        }
        for (FactId fact : before) {
            if (!atHub.contains(fact) && !atRecorder.contains(fact)) {
                if (elsewhere.contains(fact)) {
                    happenings.count(Happening.COPY_ELSEWHERE);
                } else {
                    lost.add(fact);
                }
            }
        }
    }

    private boolean wasRecordedBy(SimulatedEdge edge, FactId fact) {
        Begun by = begun.get(fact);
        return by != null && by.edge().device().equals(edge.device());
    }

    private boolean isBelieved(SimulatedEdge edge) {
        return !(town.status(edge.device()) instanceof DeviceStatus.Stolen);
    }

    /// The facts recorded anywhere that lie on the disk of this edge.
    Set<FactId> heldBy(SimulatedEdge edge) {
        FactStore store = edge.store();
        return begun.values().stream()
                .map(each -> each.fact().envelope())
                .map(of -> new ClinicMonth(of.clinic(), of.month()))
                .distinct()
                .flatMap(each -> store.facts(each.clinic(), each.month()).stream())
                .map(Fact::id)
                .filter(begun::containsKey)
                .collect(Collectors.toSet());
    }

    private record ClinicMonth(InstitutionCode clinic, TreatmentMonth month) {}

    /// One run of the hub ended.
    void ended(Counters counters) {
        happenings.count(Happening.SHARED_PUSH, counters.events(Counters.Event.SHARED_PUSH));
        happenings.count(Happening.RESUME, counters.events(Counters.Event.RESUME));
        happenings.count(Happening.FORK, counters.events(Counters.Event.FORK));
        happenings.count(Happening.NEW_EPOCH, counters.events(Counters.Event.NEW_EPOCH));
        happenings.count(Happening.INSTANCE_CLASH, counters.events(Counters.Event.INSTANCE_CLASH));
        happenings.count(Happening.RESET, counters.events(Counters.Event.RESET));
        happenings.count(Happening.BUSY, counters.events(Counters.Event.BUSY));
        happenings.count(Happening.STORED, counters.facts(Counters.Fate.STORED));
        happenings.count(Happening.HELD, counters.facts(Counters.Fate.HELD));
        happenings.count(Happening.REFUSED, counters.facts(Counters.Fate.REFUSED));
        happenings.count(Happening.FORGOTTEN, counters.facts(Counters.Fate.FORGOTTEN));
        happenings.count(Happening.POISON_UNREADABLE, counters.quarantined(QuarantineReason.UNREADABLE));
        happenings.count(Happening.POISON_UNKNOWN_SCHEMA, counters.quarantined(QuarantineReason.UNKNOWN_SCHEMA));
        happenings.count(Happening.POISON_WRONG_CLINIC, counters.quarantined(QuarantineReason.WRONG_CLINIC));
        happenings.count(Happening.POISON_FUTURE_DATE, counters.quarantined(QuarantineReason.FUTURE_DATE));
        happenings.count(Happening.POISON_FORGED_ANSWER, counters.quarantined(QuarantineReason.FORGED_ANSWER));
        happenings.count(Happening.QUARANTINED_CLOCK_DOUBTFUL, counters.quarantined(QuarantineReason.CLOCK_DOUBTFUL));
        happenings.count(Happening.QUARANTINED_DEVICE_REVOKED, counters.quarantined(QuarantineReason.DEVICE_REVOKED));
        long sum = 0;
        for (Counters.Fate fate : Counters.Fate.values()) {
            sum += counters.facts(fate);
        }
        Promise.P10.demand(sum == counters.received(), "received " + counters.received() + " facts, counted " + sum);
    }

    Collection<Recorded> recorded() {
        return recorded.values();
    }

    Map<FactId, Fact> acknowledged() {
        return acknowledged;
    }

    /// Whether the hub held it, in whatever form, when the month went in which it had filed it.
    boolean isForgotten(FactId fact, Digest content) {
        return forgotten.contains(fact) || forgottenAside.contains(content);
    }

    /// Whether the hub once had it in its month, though it may have been restored to before.
    boolean wasStored(FactId fact) {
        return everStored.contains(fact);
    }

    /// Whether the last copy that would be believed is gone.
    boolean mayBeLost(FactId fact) {
        return lost.contains(fact);
    }
}
