package jp.kakunin.hub.reconcile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import org.jspecify.annotations.Nullable;

/// One batch that follows its stream, fact by fact.
final class BatchWork {
    /// Facts in quarantine may name no patient that can be believed.
    private static final PatientId NOBODY = new PatientId(new UUID(0, 0));

    private final ClinicView view;
    private final Sender sender;
    private final Batch batch;
    private final IdSource ids;
    private final Triage triage;
    private final Draft draft;
    private final PatientMonths patientMonths;
    private final Ledger ledger;
    private final Evidences evidences;
    private final Set<Digest> setAside = new HashSet<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final List<QuarantineReason> quarantined = new ArrayList<>();
    private Tally tally = Tally.NONE;

    BatchWork(ClinicView view, Sender sender, Batch batch, AnswerSeal seal, IdSource ids) {
        this.view = view;
        this.sender = sender;
        this.batch = batch;
        this.ids = ids;
        this.triage = new Triage(view, sender.trust(), seal);
        this.draft = new Draft(view.clinic(), view.head());
        this.patientMonths = new PatientMonths(view);
        this.ledger = new Ledger(view, draft, patientMonths);
        this.evidences = new Evidences(view, ledger);
    }

    Decision decide(StreamId stream, @Nullable StreamState held, Grant grant) {
        List<Decoded> decoded = batch.facts().stream().map(Triage::decode).toList();
        patientMonths.loadAround(decoded);
        StreamPosition position = batch.follows();
        for (int i = 0; i < decoded.size(); i++) {
            SentFact sent = batch.facts().get(i);
            tally = tally.plus(take(sent, triage.fate(decoded.get(i), patientMonths)));
            position = position.after(sent.fact());
        }
        ledger.judge();
        Tally total = held == null ? tally : held.tally().plus(tally);
        List<Remark> lately = new ArrayList<>(held == null ? List.of() : held.remarks());
        lately.addAll(remarks);
        draft.stream(stream, new StreamState(position, total, lately, sender.instance(), view.now()));
        StreamReply reply =
                new StreamReply.Acknowledged(batch.clinic(), batch.epoch(), position, grant, total, remarks);
        return new Decision.Store(draft.commit(), reply, tally, quarantined, held == null);
    }

    private Tally take(SentFact sent, Fate fate) {
        return switch (fate) {
            case Fate.Stored(Fact fact) -> {
                ledger.add(new EncodedFact(fact, sent.fact()), origin(sent), view.now());
                evidences.keep(fact, sent.attachment());
                yield new Tally(1, 0, 0, 0, 0);
            }
            case Fate.Held(Fact fact) -> {
                evidences.complete(fact, sent.attachment());
                yield new Tally(0, 1, 0, 0, 0);
            }
            case Fate.Refused _ -> {
                remarks.add(new Remark(sent.seq(), Outcome.REFUSED, null));
                yield new Tally(0, 0, 1, 0, 0);
            }
            case Fate.Quarantined(QuarantineReason reason) -> quarantine(sent, reason);
            case Fate.Forgotten _ -> {
                remarks.add(new Remark(sent.seq(), Outcome.TOO_LATE, null));
                yield new Tally(0, 0, 0, 0, 1);
            }
        };
    }

    /// The bytes are set aside under the month of receipt. Offered again they are known by their digest, and
    /// remarked again, because who begins a new epoch may not have heard.
    private Tally quarantine(SentFact sent, QuarantineReason reason) {
        remarks.add(new Remark(sent.seq(), Outcome.QUARANTINED, reason));
        Digest content = Digest.of(sent.fact());
        TreatmentMonth month = TreatmentMonth.at(view.now());
        if (!setAside.add(content)
                || view.quarantined(month, content) != null
                || view.quarantined(month.previous(), content) != null) {
            return new Tally(0, 1, 0, 0, 0);
        }
        Envelope envelope = new Envelope(ids.fact(), view.clinic(), NOBODY, month, view.now(), false);
        draft.append(
                month, view.now(), origin(sent), FactCodec.encode(new Fact.Quarantined(envelope, content, reason)));
        // A later version of this hub may be able to read it, and will need what came with it.
        byte[] attachment = reason == QuarantineReason.UNKNOWN_SCHEMA ? sent.attachment() : null;
        draft.setAside(new SetAside(view.clinic(), month, content, draft.position(month), sent.fact(), attachment));
        quarantined.add(reason);
        return new Tally(0, 0, 0, 1, 0);
    }

    private Origin origin(SentFact sent) {
        return new Origin(sender.device(), batch.epoch(), sent.seq());
    }
}
