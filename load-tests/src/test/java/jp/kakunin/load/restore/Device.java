package jp.kakunin.load.restore;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.exchange.ExchangeClient;
import jp.kakunin.edge.exchange.MonthView;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.store.Durability;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.RocksFactStore;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.keys.ClinicKeys;

/// One device with its own disk and line, at whose desk first visits are recorded.
final class Device implements AutoCloseable {
    final InstitutionCode clinic;
    final Set<FactId> recorded = new HashSet<>();
    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private final LocalDate today;
    private final ExchangeClient client;
    private final EdgeCore core;

    Device(Vertx vertx, Path folder, InstitutionCode clinic, LocalDate today) {
        this.clinic = clinic;
        this.today = today;
        long start = System.nanoTime();
        client = new ExchangeClient(vertx, EdgeIdentity.read(folder.resolve("identity")));
        core = new EdgeCore(
                List.of(clinic),
                RocksFactStore.open(
                        folder.resolve("store"),
                        ClinicKeys.open(new KeyFolder(folder.resolve("month-keys")), new SecureRandom()),
                        Durability.SYNC),
                client,
                InstantSource.system(),
                () -> Duration.ofNanos(System.nanoTime() - start),
                new SecureRandom(),
                "0.1.0");
        core.start();
    }

    /// A patient is there each time; every other one has a card.
    void record(int visits) {
        for (int i = 0; i < visits; i++) {
            byte[] sealed = ("evidence of " + ids.check()).getBytes(StandardCharsets.US_ASCII);
            Evidence evidence = i % 2 == 0
                    ? new Evidence.Card(Evidence.Verification.PIN, Digest.of(sealed))
                    : new Evidence.None(Evidence.Reason.NO_CARD);
            Fact fact = new Fact.CheckRecorded(
                    new Envelope(
                            ids.fact(),
                            clinic,
                            ids.patient(),
                            TreatmentMonth.of(today),
                            InstantSource.system().instant(),
                            false),
                    ids.visit(),
                    ids.check(),
                    VisitKind.INITIAL,
                    today,
                    evidence,
                    null,
                    null,
                    null,
                    null);
            core.record(List.of(new NewFact(fact, i % 2 == 0 ? sealed : null, true)))
                    .join();
            recorded.add(fact.id());
        }
    }

    /// The next connection is made with this certificate.
    void renewed(EdgeIdentity identity) {
        client.renewed(identity);
    }

    boolean isShutOut() {
        return core.connection() instanceof ConnectionState.Refused;
    }

    int unsent() {
        return core.status().unsent().getOrDefault(clinic, 0);
    }

    /// Own facts and those of others, and what the hub said.
    List<Fact> facts() {
        return view().facts();
    }

    /// Whether the hub has all, and every card has its answer.
    boolean isQuiet() {
        MonthView view = view();
        Set<Object> open = new HashSet<>();
        List<Object> answered = new ArrayList<>();
        for (Fact fact : view.facts()) {
            switch (fact) {
                case Fact.CheckRecorded check when check.evidence() instanceof Evidence.Card -> open.add(check.check());
                case Fact.AnswerReceived answer -> answered.add(answer.check());
                default -> {}
            }
        }
        answered.forEach(open::remove);
        return view.unacknowledged().isEmpty() && open.isEmpty();
    }

    private MonthView view() {
        return core.around(clinic, TreatmentMonth.of(today)).join();
    }

    @Override
    public void close() {
        core.close();
    }
}
