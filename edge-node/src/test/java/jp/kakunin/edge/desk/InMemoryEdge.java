package jp.kakunin.edge.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.EdgeStatus;
import jp.kakunin.edge.exchange.MonthView;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.StoreCondition;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.TooLate;
import org.jspecify.annotations.Nullable;

/// An edge that keeps its facts in memory, with the hub played by the test.
final class InMemoryEdge implements EdgeFacts {
    final List<NewFact> recorded = new CopyOnWriteArrayList<>();
    final IdSource ids;
    private final List<Fact> facts = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<FactId> sent = new HashSet<>();
    volatile Instant now;
    volatile Map<FactId, Remarked> remarks = Map.of();
    volatile List<Fact> elsewhere = List.of();
    volatile boolean clockDoubtful;
    volatile boolean hidden;
    volatile Set<InstitutionCode> ended = Set.of();
    volatile boolean activatedAgain;
    volatile boolean runsTwice;
    volatile boolean outdated;
    volatile TooLate tooLate = TooLate.NONE;
    volatile StoreCondition store = StoreCondition.HEALTHY;
    volatile ConnectionState connection;
    volatile @Nullable Instant heardAt;
    volatile @Nullable RuntimeException broken;
    volatile Exportable exportable = Exportable.NOTHING;
    /// What an export hands out, by name.
    final Map<String, byte[]> sealed = new TreeMap<>();
    /// After that many files an export is broken off.
    volatile int filesMax = Integer.MAX_VALUE;
    /// What was looked up is told when this completes.
    volatile CompletableFuture<@Nullable Void> disk = CompletableFuture.completedFuture(null);

    InMemoryEdge(Instant now, IdSource ids) {
        this.now = now;
        this.ids = ids;
        this.connection = new ConnectionState.Connected(now);
    }

    @Override
    public CompletableFuture<Void> record(List<NewFact> added) {
        if (broken != null) {
            return CompletableFuture.failedFuture(broken);
        }
        recorded.addAll(added);
        added.forEach(fact -> facts.add(fact.fact()));
        changed();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<MonthView> around(InstitutionCode clinic, TreatmentMonth month) {
        Set<TreatmentMonth> months = Set.of(month.previous(), month, month.next());
        List<Fact> found = facts.stream()
                .filter(fact -> !hidden
                        && fact.envelope().clinic().equals(clinic)
                        && months.contains(fact.envelope().month()))
                .toList();
        MonthView view = new MonthView(found, unsent(), remarks, elsewhere);
        return disk.thenApply(_ -> view);
    }

    @Override
    public CompletableFuture<Exportable> exportable() {
        return CompletableFuture.completedFuture(exportable);
    }

    @Override
    public CompletableFuture<Outcome<Exportable>> export(SealedFiles files) {
        Problem refusal = exportable.refusal();
        if (refusal != null) {
            return CompletableFuture.completedFuture(Outcome.refused(refusal));
        }
        CompletableFuture<Void> handed = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, byte[]> file :
                sealed.entrySet().stream().limit(filesMax).toList()) {
            handed = handed.thenCompose(_ -> files.take(file.getKey(), file.getValue()));
        }
        return handed.thenApply(
                _ -> filesMax < sealed.size() ? Outcome.refused(Problem.EXPORT_INCOMPLETE) : Outcome.done(exportable));
    }

    @Override
    public EdgeStatus status() {
        return new EdgeStatus(
                connection,
                heardAt,
                Map.of(DeskFixture.CLINIC, unsent().size()),
                ended,
                tooLate,
                store,
                clockDoubtful,
                runsTwice,
                outdated);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public boolean isClockDoubtful() {
        return clockDoubtful;
    }

    @Override
    public boolean confirmDate(LocalDate today) {
        clockDoubtful = false;
        changed();
        return true;
    }

    @Override
    public void activateAgain() {
        activatedAgain = true;
    }

    @Override
    public void tooLateSeen(TooLate seen) {
        tooLate = tooLate.minus(seen);
        changed();
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void connection(ConnectionState state) {
        connection = state;
        changed();
    }

    /// Everything recorded reaches the hub.
    void send() {
        recorded.forEach(fact -> sent.add(fact.fact().id()));
        changed();
    }

    void answer(CheckId check, Answer answer) {
        Fact.CheckRecorded asked = check(check);
        facts.add(new Fact.AnswerReceived(
                asked.envelope().beside(ids.fact(), now, false),
                check,
                asked.treatmentDate(),
                now,
                answer,
                new ProofNumber(1, 2),
                Digest.ZERO));
        changed();
    }

    void unusable(CheckId check) {
        facts.add(new Fact.EvidenceFoundUnusable(
                check(check).envelope().beside(ids.fact(), now, false),
                check,
                Fact.EvidenceFlaw.NOT_READABLE,
                Digest.ZERO));
        changed();
    }

    Fact.CheckRecorded check(CheckId check) {
        return checks().stream()
                .filter(recordedCheck -> recordedCheck.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    List<Fact.CheckRecorded> checks() {
        return of(Fact.CheckRecorded.class);
    }

    <F extends Fact> List<F> of(Class<F> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Set<FactId> unsent() {
        List<FactId> ids = new ArrayList<>();
        recorded.forEach(fact -> ids.add(fact.fact().id()));
        ids.removeAll(sent);
        return Set.copyOf(ids);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
