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
import jp.kakunin.domain.IdSource;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a batch, of an answer and of a question that cannot be asked. Pure but for the ids it
/// gives to the hub's own facts.
public final class Decider {
    private final AnswerSeal seal;
    private final IdSource ids;

    public Decider(AnswerSeal seal, IdSource ids) {
        this.seal = seal;
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
            return new Decision.Nothing(new StreamReply.Resume(batch.clinic(), batch.epoch(), position, grant));
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
        PatientMonth key = new PatientMonth(question.clinic(), question.month(), question.patient());
        PatientMonths patientMonths = new PatientMonths(view);
        if (view.isClosed(question.month()) || isAnswered(patientMonths, key, question)) {
            return Optional.empty();
        }
        Envelope envelope = new Envelope(ids.fact(), key.clinic(), key.patient(), key.month(), view.now(), false);
        Fact.AnswerReceived fact =
                seal.seal(new Fact.AnswerReceived(envelope, question.check(), asOf, answeredAt, answer, Digest.ZERO));
        Draft draft = new Draft(view.clinic(), view.head()).dropQuestion(question);
        Ledger ledger = new Ledger(view, draft, patientMonths);
        ledger.add(FactCodec.encoded(fact), null, view.now());
        ledger.judge();
        return Optional.of(draft.commit());
    }

    /// Takes a question off the list. Empty when its month is closed.
    public Optional<Commit> drop(ClinicView view, Question question) {
        return view.isClosed(question.month())
                ? Optional.empty()
                : Optional.of(new Draft(view.clinic(), view.head())
                        .dropQuestion(question)
                        .commit());
    }

    private static boolean isAnswered(PatientMonths patientMonths, PatientMonth key, Question question) {
        return patientMonths.facts(key).stream()
                .anyMatch(fact -> fact instanceof Fact.AnswerReceived answer
                        && answer.check().equals(question.check()));
    }
}
