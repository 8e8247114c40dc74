package jp.kakunin.load.hotpath;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.clock.LastSeen;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.disk.Tree;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.pki.HubKeys;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.hub.reconcile.Rebuild;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.load.replay.LoadHub;
import org.jspecify.annotations.Nullable;

/// Live checks of a month in a hub's store, decided by the product's own rules and written by its journal, so that
/// every
/// row is a real one. Checks and their answers go in together, as when an edge gives both back to a restored hub;
/// nothing
/// else is as fast.
final class StoredMonth {
    private static final int VISITS_OF_PATIENT = 5;
    private static final int WORKERS = Runtime.getRuntime().availableProcessors();
    /// The journal takes some thousands that wait for the disk.
    private static final int COMMITS_UNDER_WAY_MAX = 4_096;

    private static final String MARK = "stored-month.json";

    private final long checks;
    private final int clinics;
    private final TreatmentMonth month;
    private final long seed;
    private long storeBytes;

    private StoredMonth(long checks, int clinics, TreatmentMonth month, long seed) {
        this.checks = checks;
        this.clinics = clinics;
        this.month = month;
        this.seed = seed;
    }

    /// Fills the store of a hub that does not run, or finds it filled before.
    ///
    /// @throws IOException if it was filled with something else, or not to the end
    static StoredMonth of(Path data, long checks, int clinics, InstantSource clock) throws IOException {
        Path mark = data.resolve(MARK);
        if (Files.exists(mark)) {
            StoredMonth found = read(new JsonObject(Files.readString(mark)));
            if (found.checks != checks || found.clinics != clinics) {
                throw new IOException(data + " holds " + found.checks + " checks of " + found.clinics
                        + " clinics: say so with --checks and --clinics, or choose another folder with --data");
            }
            return found;
        }
        HubFolder folder = new HubFolder(data);
        if (Files.exists(folder.store())) {
            throw new IOException(folder.store() + " was not filled by this command, or not to its end: choose another"
                    + " folder with --data, or remove this one");
        }
        Instant now = clock.instant();
        SecureRandom secrets = new SecureRandom();
        StoredMonth made = new StoredMonth(checks, clinics, TreatmentMonth.at(now), secrets.nextLong());
        made.fill(folder, now, secrets);
        made.storeBytes = Rig.bytes(folder.store());
        new LastSeen(folder.lastSeen()).write(clock.instant());
        Files.writeString(mark, made.json().encodePrettily());
        return made;
    }

    /// What a check took on the disk when the store was filled and written out.
    double bytesPerCheck() {
        return (double) storeBytes / checks;
    }

    /// Somebody of that device's clinics who has visits.
    Readers.Asked any(Map<InstitutionCode, Integer> numbers, List<InstitutionCode> own, RandomGenerator random) {
        InstitutionCode clinic = own.get(random.nextInt(own.size()));
        int number = numbers.getOrDefault(clinic, 0);
        int patients = Math.toIntExact((checksOf(number) + VISITS_OF_PATIENT - 1) / VISITS_OF_PATIENT);
        PatientId patient = patient(number, random.nextInt(patients));
        return new Readers.Asked(clinic, month, patient);
    }

    Map<InstitutionCode, Integer> numbers() {
        Map<InstitutionCode, Integer> numbers = new HashMap<>();
        for (int i = 0; i < clinics; i++) {
            numbers.put(LoadHub.clinic(i), i);
        }
        return numbers;
    }

    long checksOf(int clinic) {
        return checks / clinics + (clinic < checks % clinics ? 1 : 0);
    }

    private PatientId patient(int clinic, int number) {
        return new PatientId(PatientIds.of(seed + ((long) clinic << Integer.SIZE), number));
    }

    private void fill(HubFolder folder, Instant now, SecureRandom secrets) throws IOException {
        HubKeys keys;
        try (var _ = FolderLock.take(folder.setupLock())) {
            keys = HubKeys.openOrMake(folder.keys(), secrets);
        }
        SplittableRandom random = new SplittableRandom(seed);
        MonthKeys monthKeys = MonthKeys.open(new KeyFolder(folder.monthKeys()), secrets);
        Path flushed = folder.root().resolve("flushed");
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
                RocksJournal journal = RocksJournal.open(folder.store(), monthKeys, Durability.SYNC, secrets)) {
            AtomicInteger next = new AtomicInteger();
            Semaphore places = new Semaphore(COMMITS_UNDER_WAY_MAX);
            List<Worker> made = new ArrayList<>();
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                RandomGenerator own = random.split();
                IdSource ids = new IdSource(InstantSource.fixed(now), own);
                AnswerSeal seal = new AnswerSeal(keys.answerSeal());
                ProofNumbers numbers = new ProofNumbers(keys.proofNumbers(), own);
                AnsweredChecks answered = new AnsweredChecks(ids, seal, numbers, month, now);
                Worker worker = new Worker(journal, answered, own, places);
                made.add(worker);
                all.add(CompletableFuture.runAsync(() -> worker.fill(next), workers));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            places.acquireUninterruptibly(COMMITS_UNDER_WAY_MAX);
            made.forEach(Worker::check);
            // A copy is made of what has been written out: afterwards nothing is in the log alone.
            journal.copyTo(flushed);
        } catch (CompletionException | IllegalStateException e) {
            throw new IOException("the store was not filled: " + e, e);
        }
        Tree.delete(flushed);
    }

    private JsonObject json() {
        return new JsonObject()
                .put("checks", checks)
                .put("clinics", clinics)
                .put("month", month.toString())
                .put("seed", seed)
                .put("storeBytes", storeBytes);
    }

    private static StoredMonth read(JsonObject json) {
        StoredMonth month = new StoredMonth(
                json.getLong("checks"),
                json.getInteger("clinics"),
                TreatmentMonth.parse(json.getString("month")),
                json.getLong("seed"));
        month.storeBytes = json.getLong("storeBytes");
        return month;
    }

    /// Fills one clinic after the other. A commit follows the one before it without waiting for the disk.
    private final class Worker {
        private final RocksJournal journal;
        private final AnsweredChecks answered;
        private final RandomGenerator random;
        private final Semaphore places;
        private final DeviceId device;
        private final Instance instance;
        private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();

        Worker(RocksJournal journal, AnsweredChecks answered, RandomGenerator random, Semaphore places) {
            this.journal = journal;
            this.answered = answered;
            this.random = random;
            this.places = places;
            this.device = answered.ids().device();
            this.instance = answered.ids().instance();
        }

        void fill(AtomicInteger next) {
            for (int clinic = next.getAndIncrement(); clinic < clinics; clinic = next.getAndIncrement()) {
                fillClinic(clinic);
            }
        }

        private void fillClinic(int number) {
            InstitutionCode clinic = LoadHub.clinic(number);
            StreamId stream = new StreamId(device, answered.ids().epoch(), clinic);
            StreamPosition position = StreamPosition.START;
            Head head = Head.EMPTY;
            int patient = 0;
            for (long left = checksOf(number); left > 0; ) {
                int visits = (int) Math.min(VISITS_OF_PATIENT, left);
                left -= visits;
                List<EncodedFact> facts = answered.facts(clinic, patient(number, patient++), visits, random);
                for (EncodedFact each : facts) {
                    Draft draft = new Draft(clinic, head);
                    boolean isCheck = !each.fact().isFromHub();
                    position = isCheck ? position.after(each.bytes()) : position;
                    Origin origin = isCheck ? new Origin(device, stream.epoch(), position.seq()) : null;
                    draft.append(month, answered.now(), origin, each.bytes());
                    if (each.equals(facts.getLast())) {
                        Rebuild.of(clinic, month, facts, List.of(), Set.of())
                                .summaries()
                                .forEach((id, summary) -> draft.summary(new PatientMonth(clinic, month, id), summary));
                        Tally stored = new Tally(position.seq(), 0, 0, 0, 0);
                        draft.stream(stream, new StreamState(position, stored, List.of(), instance, answered.now()));
                    }
                    Commit commit = draft.commit();
                    head = commit.next();
                    write(commit);
                }
            }
        }

        void check() {
            if (trouble.get() != null) {
                throw new IllegalStateException("the journal did not take a commit", trouble.get());
            }
        }

        private void write(Commit commit) {
            check();
            places.acquireUninterruptibly();
            var _ = journal.commit(commit).whenComplete((result, failure) -> {
                places.release();
                if (!(result instanceof CommitResult.Committed)) {
                    trouble.compareAndSet(null, failure == null ? new IOException(String.valueOf(result)) : failure);
                }
            });
        }
    }
}
