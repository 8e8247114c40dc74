package jp.kakunin.load.bench;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Summary;

/// A treatment month of a whole country, written straight into a journal: what closing it has to go through.
final class FilledMonth {
    static final int FACTS_OF_PATIENT = 4;

    static final int FACTS_OF_CLINIC = 400;
    private static final int FACTS_OF_COMMIT = 100;
    private static final int CLINICS_AT_ONCE = 32;
    private static final long FIRST_CLINIC = 1_300_000_000L;

    private final IdSource ids;
    private final TreatmentMonth month;
    private final LocalDate date;
    private final Instant now;

    FilledMonth(IdSource ids, TreatmentMonth month, Instant now) {
        this.ids = ids;
        this.month = month;
        this.date = month.value().atDay(10);
        this.now = now;
    }

    static InstitutionCode clinic(long number) {
        return new InstitutionCode(String.format(Locale.ROOT, "%010d", FIRST_CLINIC + number));
    }

    /// @return the clinics that have facts now
    int fill(Journal journal, long facts) throws InterruptedException {
        int clinics = Math.toIntExact(Math.max(1, facts / FACTS_OF_CLINIC));
        Semaphore places = new Semaphore(CLINICS_AT_ONCE);
        List<CompletableFuture<?>> running = new ArrayList<>();
        for (int i = 0; i < clinics; i++) {
            places.acquire();
            running.removeIf(CompletableFuture::isDone);
            running.add(fillClinic(journal, clinic(i), Head.EMPTY, FACTS_OF_CLINIC)
                    .whenComplete((_, _) -> places.release()));
        }
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        return clinics;
    }

    private CompletableFuture<CommitResult> fillClinic(
            Journal journal, InstitutionCode clinic, Head head, int factsLeft) {
        return journal.commit(commit(clinic, head, FACTS_OF_COMMIT)).thenCompose(result -> {
            if (!(result instanceof CommitResult.Committed(Head next))) {
                throw new IllegalStateException("the journal did not take a commit: " + result);
            }
            int left = factsLeft - FACTS_OF_COMMIT;
            return left <= 0 ? CompletableFuture.completedFuture(result) : fillClinic(journal, clinic, next, left);
        });
    }

    /// Facts with their patients' summaries.
    Commit commit(InstitutionCode clinic, Head head, int facts) {
        Draft draft = new Draft(clinic, head);
        for (int done = 0; done < facts; done += FACTS_OF_PATIENT) {
            PatientId patient = ids.patient();
            List<EncodedFact> encoded = new ArrayList<>();
            List<VisitStanding> visits = new ArrayList<>();
            for (int n = 0; n < Math.min(FACTS_OF_PATIENT, facts - done); n++) {
                Fact.CheckRecorded fact = fact(clinic, patient);
                EncodedFact each = FactCodec.encoded(fact);
                encoded.add(each);
                visits.add(new VisitStanding(
                        fact.visit(), patient, fact.kind(), date, new Standing.Deferred(), null, Set.of()));
                draft.append(month, now, null, each.bytes());
            }
            draft.summary(new PatientMonth(clinic, month, patient), new Summary(encoded, visits));
        }
        return draft.commit();
    }

    private Fact.CheckRecorded fact(InstitutionCode clinic, PatientId patient) {
        Envelope envelope = new Envelope(ids.fact(), clinic, patient, month, now, false);
        return new Fact.CheckRecorded(
                envelope,
                ids.visit(),
                ids.check(),
                VisitKind.INITIAL,
                date,
                new Evidence.None(Evidence.Reason.NO_CARD),
                "試".repeat(60),
                null,
                30,
                null);
    }
}
