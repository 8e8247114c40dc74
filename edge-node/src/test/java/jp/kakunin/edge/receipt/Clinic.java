package jp.kakunin.edge.receipt;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.OpenMonths;
import jp.kakunin.edge.store.StoreFullException;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Told;

/// An edge of one clinic in the test's thread: the real store on a disk in memory, with hub and staff played.
final class Clinic implements ReceiptFacts {
    static final InstitutionCode CODE = new InstitutionCode("1380000016");
    static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    static final Instant NOON = Instant.parse("2026-11-20T03:00:00Z");
    static final Coverage COVERAGE =
            new Coverage(InsurerNumber.ofBody("0113901"), "記号", "101", "00", 30, LocalDate.of(2019, 4, 1), null);
    static final Insured HANAKO = new Insured("髙橋　花子", "ﾀｶﾊｼ ﾊﾅｺ", LocalDate.of(1985, 4, 12));
    static final Particulars PARTICULARS = new Particulars(
            "100-0000", "見本県見本市一丁目", "見本組合", "髙橋　一郎", Particulars.Relation.FAMILY, Particulars.Sex.FEMALE, false, null);

    final MemoryDisk disk = new MemoryDisk();
    final IdSource ids;
    volatile FactStore store;
    volatile Instant now = NOON;
    volatile boolean shutOut;
    private final List<Runnable> listeners = new ArrayList<>();

    Clinic(long seed) {
        ids = new IdSource(() -> now, new Random(seed));
        store = disk.open();
        store.number(CODE, Outbox.begin(new Epoch(new UUID(1, 1))));
    }

    Changes changes() {
        return new Changes(CODE, this, new Filing(this, ids), () -> ids.epoch().value(), Runnable::run);
    }

    /// What a restart after a crash finds.
    void crash() {
        store = disk.open();
    }

    Fact.CheckRecorded check(PatientId patient, LocalDate date, VisitKind kind, Evidence evidence) {
        Fact.CheckRecorded check = new Fact.CheckRecorded(
                envelope(patient, TreatmentMonth.of(date)),
                ids.visit(),
                ids.check(),
                kind,
                date,
                evidence,
                evidence instanceof Evidence.Card ? null : "見本 太郎",
                null,
                null,
                null);
        add(check);
        return check;
    }

    Fact.CheckRecorded card(PatientId patient) {
        return check(
                patient, DAY, VisitKind.INITIAL, new Evidence.Card(Evidence.Verification.PIN, Digest.of(new byte[1])));
    }

    Fact.AnswerReceived answer(Fact.CheckRecorded asked, Answer answer) {
        return answer(asked, asked.treatmentDate(), answer);
    }

    Fact.AnswerReceived answer(Fact.CheckRecorded asked, LocalDate asOf, Answer answer) {
        now = now.plusSeconds(1);
        Fact.AnswerReceived said = new Fact.AnswerReceived(
                asked.envelope().beside(ids.fact(), now, false),
                asked.check(),
                asOf,
                now,
                answer,
                new ProofNumber(1, 2),
                Digest.ZERO);
        add(said);
        return said;
    }

    /// A first visit with card, confirmed; the authority told everything.
    Fact.CheckRecorded confirmed(PatientId patient) {
        Fact.CheckRecorded check = card(patient);
        answer(check, new Answer.Valid(COVERAGE, HANAKO, PARTICULARS));
        return check;
    }

    /// The authority takes back what it said.
    void contest(Fact.CheckRecorded check) {
        Fact.CheckRecorded again = new Fact.CheckRecorded(
                envelope(check.envelope().patient(), check.envelope().month()),
                check.visit(),
                ids.check(),
                check.kind(),
                check.treatmentDate(),
                check.evidence(),
                null,
                null,
                null,
                null);
        add(again);
        answer(again, new Answer.NotFound());
    }

    void withdraw(Fact fact) {
        add(new Fact.FactWithdrawn(
                fact.envelope().beside(ids.fact(), now, false), fact.id(), Fact.WithdrawalReason.MISTAKE));
    }

    Envelope envelope(PatientId patient, TreatmentMonth month) {
        return new Envelope(ids.fact(), CODE, patient, month, now, false);
    }

    void add(Fact fact) {
        synchronized (this) {
            store.record(List.of(new NewFact(fact, null, false)));
        }
        changed();
    }

    void changed() {
        List.copyOf(listeners).forEach(Runnable::run);
    }

    @Override
    public CompletableFuture<OpenMonths> openMonths(InstitutionCode clinic) {
        return on(() -> {
            TreatmentMonth running = TreatmentMonth.at(now);
            TreeMap<TreatmentMonth, List<Fact>> facts = new TreeMap<>();
            for (TreatmentMonth month : List.of(running.previous(), running, running.next())) {
                if (!shutOut && !month.isClosedAt(now)) {
                    facts.put(month, store.facts(clinic, month));
                }
            }
            Outbox outbox = store.outbox(clinic);
            return new OpenMonths(shutOut, facts, store.feed(clinic), outbox == null ? null : outbox.epoch());
        });
    }

    @Override
    public CompletableFuture<Map<VisitId, Told>> told(InstitutionCode clinic, TreatmentMonth month) {
        return on(() -> store.told(clinic, month));
    }

    @Override
    public CompletableFuture<Void> tell(
            InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told) {
        return this.<Void>on(() -> {
            store.tell(clinic, feed, told);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> record(List<NewFact> facts) {
        return this.<Void>on(() -> {
            store.record(facts);
            changed();
            return null;
        });
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public boolean isClockDoubtful() {
        return false;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private <T> CompletableFuture<T> on(Supplier<T> work) {
        synchronized (this) {
            try {
                return CompletableFuture.completedFuture(work.get());
            } catch (StoreFullException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }
}
