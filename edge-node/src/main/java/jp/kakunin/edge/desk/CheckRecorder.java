package jp.kakunin.edge.desk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.reader.CardCertificate;
import jp.kakunin.edge.reader.CardReader;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.CardRequest;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.edge.store.StoreFullException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a card to a recorded check: reads it, finds the patient and the visit, seals the evidence, and records.
final class CheckRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(CheckRecorder.class);

    private final EdgeFacts edge;
    private final Books books;
    private final CardReader reader;
    private final Sealing sealing;
    private final IdSource ids;
    private final Envelopes envelopes;
    private final Executor desk;

    CheckRecorder(
            EdgeFacts edge,
            Books books,
            CardReader reader,
            Sealing sealing,
            IdSource ids,
            Envelopes envelopes,
            Executor desk) {
        this.edge = edge;
        this.books = books;
        this.reader = reader;
        this.sealing = sealing;
        this.ids = ids;
        this.envelopes = envelopes;
        this.desk = desk;
    }

    CompletableFuture<Tap> check(TapRequest request) {
        Attempt attempt = new Attempt(request, ids.check(), request.also() == null ? null : ids.check(), books.today());
        return reader.read(attempt.cardRequest(sealing)).thenComposeAsync(reading -> take(attempt, reading), desk);
    }

    private CompletableFuture<Tap> take(Attempt attempt, CardReading reading) {
        return switch (reading) {
            case CardReading.Read read -> record(attempt, read);
            case CardReading.WrongPin(int triesLeft) -> CompletableFuture.completedFuture(new Tap.WrongPin(triesLeft));
            case CardReading.PinBlocked _ -> CompletableFuture.completedFuture(new Tap.PinBlocked());
            case CardReading.LastTry _ -> CompletableFuture.completedFuture(new Tap.LastTry());
            case CardReading.Failed(var fault, String detail) ->
                CompletableFuture.completedFuture(new Tap.Unreadable(fault, detail));
        };
    }

    /// All facts of a tap go to disk in one write: it is recorded for both clinics or for none.
    private CompletableFuture<Tap> record(Attempt attempt, CardReading.Read read) {
        CompletableFuture<Part> first =
                part(attempt, attempt.request().clinic(), attempt.check(), read.certificate(), signature(read, 0));
        Clinic also = attempt.request().also();
        CompletableFuture<List<Part>> parts = also == null || attempt.alsoCheck() == null
                ? first.thenApply(List::of)
                : first.thenCombine(
                        part(attempt, also, attempt.alsoCheck(), read.certificate(), signature(read, 1)), List::of);
        return parts.thenComposeAsync(all -> record(attempt, all), desk);
    }

    private static byte @Nullable [] signature(CardReading.Read read, int index) {
        return index < read.signatures().size() ? read.signatures().get(index) : null;
    }

    private CompletableFuture<Part> part(
            Attempt attempt, Clinic clinic, CheckId check, CardCertificate certificate, byte @Nullable [] signature) {
        PatientId patient = clinic.patientOf(certificate);
        byte[] sealed = sealing.seal(check, certificate.der(), signature);
        return books.open(clinic.code(), attempt.month())
                .thenApplyAsync(book -> part(attempt, clinic, check, patient, sealed, book), desk);
    }

    private Part part(Attempt attempt, Clinic clinic, CheckId check, PatientId patient, byte[] sealed, Book book) {
        Optional<VisitStanding> sameDay = book.visitOf(patient, attempt.date());
        VisitId visit = sameDay.map(VisitStanding::visit).orElseGet(ids::visit);
        Fact.CheckRecorded recorded = new Fact.CheckRecorded(
                envelopes.of(clinic.code(), patient, attempt.month()),
                visit,
                check,
                attempt.kind(sameDay, book.wasSeenInMonth(patient)),
                attempt.date(),
                new Evidence.Card(attempt.verification(), Digest.of(sealed)),
                null,
                null,
                null,
                null);
        List<NewFact> facts = new ArrayList<>(List.of(new NewFact(recorded, sealed, true)));
        for (Fact.PatientsJoined join : book.joinsToCarryOver(patient)) {
            facts.add(new NewFact(envelopes.carriedOver(join, attempt.month()), null, false));
        }
        return new Part(clinic, visit, recorded.id(), facts);
    }

    private CompletableFuture<Tap> record(Attempt attempt, List<Part> parts) {
        Part part = parts.getFirst();
        Part also = parts.size() > 1 ? parts.get(1) : null;
        List<NewFact> facts =
                parts.stream().flatMap(each -> each.facts().stream()).toList();
        return edge.record(facts)
                .thenApply(_ -> new Tap.Recorded(
                        part.clinic().code(),
                        attempt.month(),
                        part.visit(),
                        attempt.check(),
                        part.fact(),
                        edge.status().connection() instanceof ConnectionState.Connected
                                ? Tap.Asking.ASKED
                                : Tap.Asking.COULD_NOT_ASK,
                        also == null ? null : new Tap.Also(also.clinic().code(), also.visit(), also.fact())));
    }

    /// What a tap means for one clinic.
    private record Part(Clinic clinic, VisitId visit, FactId fact, List<NewFact> facts) {}

    /// What the staff are told when a fact could not be recorded.
    static Problem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StoreFullException) {
            return Problem.STORE_FULL;
        }
        LOG.atError().setCause(cause).log("a check was not recorded");
        return Problem.STORE_FAILED;
    }

    private record Attempt(
            TapRequest request, CheckId check, @Nullable CheckId alsoCheck, LocalDate date) {
        TreatmentMonth month() {
            return TreatmentMonth.of(date);
        }

        CardRequest cardRequest(Sealing sealing) {
            if (request.pin() == null) {
                return new CardRequest.VisualCheck();
            }
            List<byte[]> toSign = new ArrayList<>();
            toSign.add(sealing.signedContent(check, request.clinic().code(), date));
            if (request.also() != null && alsoCheck != null) {
                toSign.add(sealing.signedContent(alsoCheck, request.also().code(), date));
            }
            return new CardRequest.WithPin(request.pin(), toSign, request.lastTryAccepted());
        }

        Evidence.Verification verification() {
            return request.pin() == null ? Evidence.Verification.VISUAL : Evidence.Verification.PIN;
        }

        VisitKind kind(Optional<VisitStanding> sameDay, boolean seenInMonth) {
            if (request.kind() != null) {
                return request.kind();
            }
            return sameDay.map(VisitStanding::kind).orElse(seenInMonth ? VisitKind.REPEAT : VisitKind.INITIAL);
        }
    }
}
