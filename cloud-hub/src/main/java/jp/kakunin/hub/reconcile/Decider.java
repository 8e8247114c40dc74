package jp.kakunin.hub.reconcile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.proof.ProofNumbers;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a batch, of an answer and of a question that cannot be asked. Pure but for the ids
/// and proof numbers it gives to the hub's own facts.
public final class Decider {
    private final AnswerSeal seal;
    private final ProofNumbers numbers;
    private final IdSource ids;

    public Decider(AnswerSeal seal, ProofNumbers numbers, IdSource ids) {
        this.seal = seal;
        this.numbers = numbers;
        this.ids = ids;
    }

    public Decision decide(ClinicView view, Sender sender, Batch batch, Grant grant) {
        Refusal refusal = Frame.refusal(batch);
        if (refusal != null) {
            return new Decision.Nothing(new StreamReply.Refused(batch.clinic(), batch.epoch(), refusal));
        }
        StreamId id = new StreamId(sender.device(), batch.epoch(), batch.clinic());
        @Nullable StreamState held = view.stream(id);
        StreamPosition position = held == null ? StreamPosition.START : held.position();
        if (!position.equals(batch.follows())) {
            List<Remark> missed =
                    held == null ? List.of() : held.remarksAfter(batch.follows().seq());
            return new Decision.Nothing(new StreamReply.Resume(batch.clinic(), batch.epoch(), position, grant, missed));
        }
        if (batch.facts().isEmpty()) {
            Tally tally = held == null ? Tally.NONE : held.tally();
            return new Decision.Nothing(
                    new StreamReply.Acknowledged(batch.clinic(), batch.epoch(), position, grant, tally, List.of()));
        }
        return new BatchWork(view, sender, batch, seal, ids).decide(id, held, grant);
    }

    /// Records what the authority said. Empty when the check was answered meanwhile or its month is closed.
    public Optional<Commit> answer(
            ClinicView view, Question question, LocalDate asOf, Instant answeredAt, Answer answer) {
        PatientMonths patientMonths = new PatientMonths(view);
        if (view.isClosed(question.month()) || holds(patientMonths, question, Fact.AnswerReceived.class)) {
            return Optional.empty();
        }
        ProofNumber number = numbers.give(question.clinic(), asOf, answer.outcome());
        Fact fact = seal.seal(new Fact.AnswerReceived(
                envelope(view, question), question.check(), asOf, answeredAt, answer, number, Digest.ZERO));
        return Optional.of(settle(view, question, patientMonths, fact));
    }

    /// Records that the authority cannot be asked. Found so again, the question is only taken off the list.
    public Optional<Commit> unusable(ClinicView view, Question question, EvidenceFlaw flaw) {
        PatientMonths patientMonths = new PatientMonths(view);
        boolean cameMeanwhile = flaw == EvidenceFlaw.MISSING && view.hasEvidence(question.month(), question.check());
        if (cameMeanwhile
                || view.isClosed(question.month())
                || holds(patientMonths, question, Fact.AnswerReceived.class)) {
            return Optional.empty();
        }
        if (holds(patientMonths, question, Fact.EvidenceFoundUnusable.class)) {
            return Optional.of(
                    new Draft(view.clinic(), view.head()).dropQuestion(question).commit());
        }
        Fact fact = seal.seal(
                new Fact.EvidenceFoundUnusable(envelope(view, question), question.check(), flaw, Digest.ZERO));
        return Optional.of(settle(view, question, patientMonths, fact));
    }

    /// Judges what lies in quarantine because this hub could not read it, as if it had come now. Empty if there is
    /// nothing to do.
    public Optional<Commit> retake(ClinicView view, Sender.Trust trust, SetAside setAside, Origin origin) {
        return new Retaking(view, trust, seal, ids).decide(setAside, origin);
    }

    private Envelope envelope(ClinicView view, Question question) {
        return new Envelope(ids.fact(), question.clinic(), question.patient(), question.month(), view.now(), false);
    }

    private static Commit settle(ClinicView view, Question question, PatientMonths patientMonths, Fact fact) {
        Draft draft = new Draft(view.clinic(), view.head()).dropQuestion(question);
        Ledger ledger = new Ledger(view, draft, patientMonths);
        ledger.add(FactCodec.encoded(fact), null, view.now());
        ledger.judge();
        return draft.commit();
    }

    private static boolean holds(PatientMonths patientMonths, Question question, Class<? extends Fact.Sealed> kind) {
        PatientMonth key = new PatientMonth(question.clinic(), question.month(), question.patient());
        return patientMonths.facts(key).stream()
                .anyMatch(
                        fact -> kind.isInstance(fact) && kind.cast(fact).check().equals(question.check()));
    }
}
