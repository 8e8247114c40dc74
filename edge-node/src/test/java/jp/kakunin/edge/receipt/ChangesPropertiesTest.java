package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.StoreFullException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whatever happens at the clinic, with crashes in between, a program that follows the changes ends with the same as
/// one
/// that reads everything.
final class ChangesPropertiesTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 60;

    private final Map<String, Integer> happened = new TreeMap<>();

    @Test
    void who_follows_the_changes_ends_with_the_same_as_a_full_read() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new Run(seed).live();
        }
        assertThat(happened.keySet())
                .contains(
                        "crash",
                        "reset",
                        "gone",
                        "came again",
                        "full disk",
                        "month closed",
                        "page lost",
                        "rolled back",
                        "nothing told");
    }

    private void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    private final class Run {
        private final long seed;
        private final Random random;
        private final Clinic clinic;
        private final List<PatientId> patients = new ArrayList<>();
        private final List<Fact> recorded = new ArrayList<>();
        private final Map<String, JsonObject> held = new TreeMap<>();
        private Changes changes;
        private @Nullable Cursor cursor;

        Run(long seed) {
            this.seed = seed;
            random = new Random(seed);
            clinic = new Clinic(seed);
            changes = clinic.changes();
            for (int i = 0; i < 3; i++) {
                patients.add(clinic.ids.patient());
            }
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                clinic.now = clinic.now.plusSeconds(1 + random.nextInt(100));
                switch (random.nextInt(14)) {
                    case 0 -> crash();
                    case 1 -> fillOrEmptyDisk();
                    case 2 -> rollBack();
                    case 3, 4, 5, 6 -> follow(1 + random.nextInt(3));
                    default -> record();
                }
                changes.touched();
            }
            if (random.nextInt(4) == 0) {
                clinic.now = Instant.parse("2026-12-01T00:00:01Z");
                count("month closed");
                changes.touched();
            }
            clinic.disk.full(false);
            clinic.store.condition();
            while (follow(1 + random.nextInt(5))) {}
            Snapshot full = look();
            Map<String, JsonObject> read = new TreeMap<>();
            full.book().visits().forEach((id, visit) -> read.put(id.toString(), ClaimJson.of(visit)));
            assertThat(held).as("seed %d", seed).isEqualTo(read);
            assertThat(full.full()).as("seed %d", seed).isFalse();
        }

        private void crash() {
            count("crash");
            clinic.crash();
            changes = clinic.changes();
        }

        private void fillOrEmptyDisk() {
            boolean full = random.nextBoolean();
            clinic.disk.full(full);
            clinic.store.condition();
        }

        /// The hub noticed that the disk, or its own, is an older one.
        private void rollBack() {
            if (random.nextInt(4) == 0) {
                count("rolled back");
                clinic.store.reopen(Clinic.CODE, clinic.ids.epoch());
            }
        }

        private void record() {
            try {
                PatientId patient = patients.get(random.nextInt(patients.size()));
                switch (random.nextInt(9)) {
                    case 0, 1, 2 -> recorded.add(clinic.check(patient, day(), kind(), evidence()));
                    case 3, 4, 5 -> answer();
                    case 6 -> withdraw();
                    case 7 ->
                        recorded.add(add(new Fact.PatientsJoined(
                                clinic.envelope(patient, month()), patient, patients.get(random.nextInt(3)))));
                    default -> add(new Fact.ReferenceSet(clinic.envelope(patient, month()), "A-" + random.nextInt(3)));
                }
            } catch (StoreFullException _) {
                count("full disk");
            }
        }

        private Fact add(Fact fact) {
            clinic.add(fact);
            return fact;
        }

        private void answer() {
            List<Fact.CheckRecorded> checks = recorded.stream()
                    .filter(Fact.CheckRecorded.class::isInstance)
                    .map(Fact.CheckRecorded.class::cast)
                    .toList();
            if (!checks.isEmpty()) {
                Fact.CheckRecorded asked = checks.get(random.nextInt(checks.size()));
                Answer answer = switch (random.nextInt(4)) {
                    case 0 -> new Answer.NotFound();
                    case 1 -> new Answer.Invalid(null);
                    default -> new Answer.Valid(Clinic.COVERAGE, Clinic.HANAKO, Clinic.PARTICULARS);
                };
                clinic.answer(asked, answer);
            }
        }

        private void withdraw() {
            if (!recorded.isEmpty()) {
                clinic.withdraw(recorded.get(random.nextInt(recorded.size())));
            }
        }

        private LocalDate day() {
            return random.nextBoolean() ? Clinic.DAY : LocalDate.of(2026, 10, 28);
        }

        private TreatmentMonth month() {
            return TreatmentMonth.of(day());
        }

        private VisitKind kind() {
            return random.nextBoolean() ? VisitKind.INITIAL : VisitKind.REPEAT;
        }

        private Evidence evidence() {
            return switch (random.nextInt(3)) {
                case 0 -> new Evidence.None(Evidence.Reason.NO_CARD);
                case 1 -> new Evidence.Oral(new Evidence.Basis.OwnRecord(), Evidence.Reason.NO_CARD);
                default -> new Evidence.Card(Evidence.Verification.PIN, Digest.of(new byte[1]));
            };
        }

        private Snapshot look() {
            return changes.look().join();
        }

        /// @return whether there is more
        private boolean follow(int limit) {
            Snapshot snapshot = look();
            if (snapshot.full()) {
                count("nothing told");
                return true;
            }
            Cursor from = cursor == null ? new Cursor(snapshot.feed(), 0) : cursor;
            if (!snapshot.continues(from)) {
                count("reset");
                cursor = null;
                held.clear();
                return true;
            }
            Snapshot.Page page = snapshot.after(from.seq(), limit);
            if (random.nextInt(5) == 0) {
                count("page lost");
                return true;
            }
            long seq = from.seq();
            for (Snapshot.Change change : page.changes()) {
                assertThat(change.told().seq()).as("seed %d", seed).isGreaterThan(seq);
                seq = change.told().seq();
                take(change);
            }
            held.values()
                    .removeIf(visit ->
                            !snapshot.book().months().contains(TreatmentMonth.parse(visit.getString("month"))));
            assertThat(page.next().seq()).as("seed %d", seed).isGreaterThanOrEqualTo(seq);
            cursor = page.next();
            return page.more();
        }

        private void take(Snapshot.Change change) {
            String id = change.id().toString();
            if (change.visit() == null) {
                count("gone");
                held.remove(id);
            } else if (held.put(id, ClaimJson.of(change.visit())) != null) {
                count("came again");
            }
        }
    }
}
