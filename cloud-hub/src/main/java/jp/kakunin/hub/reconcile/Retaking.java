package jp.kakunin.hub.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import org.jspecify.annotations.Nullable;

/// Bytes that this hub could not read when they came, judged as if they had come now. In the same write they leave the
/// quarantine, and their stream counts and remembers them by what became of them.
final class Retaking {
    private static final PatientId NOBODY = new PatientId(new UUID(0, 0));

    private final ClinicView view;
    private final Triage triage;
    private final IdSource ids;
    private final Draft draft;
    private final PatientMonths patientMonths;
    private final Ledger ledger;

    Retaking(ClinicView view, Sender.Trust trust, AnswerSeal seal, IdSource ids) {
        this.view = view;
        this.triage = new Triage(view, trust, seal);
        this.ids = ids;
        this.draft = new Draft(view.clinic(), view.head());
        this.patientMonths = new PatientMonths(view);
        this.ledger = new Ledger(view, draft, patientMonths);
    }

    /// Empty when it was taken meanwhile, still cannot be read, or is of a device that is believed nothing.
    Optional<Commit> decide(SetAside setAside, Origin origin) {
        @Nullable SetAside held = view.quarantined(setAside.month(), setAside.content());
        if (held == null || held.isTaken()) {
            return Optional.empty();
        }
        Decoded decoded = FactCodec.decode(held.fact());
        if (decoded instanceof Decoded.Unreadable(QuarantineReason reason)
                && reason == QuarantineReason.UNKNOWN_SCHEMA) {
            return Optional.empty();
        }
        patientMonths.loadAround(List.of(decoded));
        Evidences evidences = new Evidences(view, ledger);
        Tally tally;
        @Nullable Remark remark = null;
        switch (triage.fate(decoded, patientMonths)) {
            case Fate.Stored(Fact fact) -> {
                ledger.add(new EncodedFact(fact, held.fact()), origin, view.now());
                evidences.keep(fact, held.attachment());
                tally = new Tally(1, 0, 0, 0, 0);
            }
            case Fate.Held(Fact fact) -> {
                evidences.complete(fact, held.attachment());
                tally = new Tally(0, 1, 0, 0, 0);
            }
            case Fate.Forgotten _ -> {
                remark = new Remark(origin.seq(), Outcome.TOO_LATE, null);
                tally = new Tally(0, 0, 0, 0, 1);
            }
            case Fate.Quarantined(QuarantineReason reason) -> {
                remark = new Remark(origin.seq(), Outcome.QUARANTINED, reason);
                tally = new Tally(0, 0, 0, 1, 0);
            }
            // It stays where it is: what a stolen device brought is for people to look at.
            case Fate.Refused _ -> {
                return Optional.empty();
            }
        }
        ledger.judge();
        draft.setAside(held.taken());
        if (remark != null && remark.reason() != null) {
            setAsideAgain(held, origin, remark.reason());
        }
        recount(origin, tally, remark);
        return Optional.of(draft.commit());
    }

    private void setAsideAgain(SetAside held, Origin origin, QuarantineReason reason) {
        TreatmentMonth month = TreatmentMonth.at(view.now());
        Envelope envelope = new Envelope(ids.fact(), view.clinic(), NOBODY, month, view.now(), false);
        draft.append(
                month, view.now(), origin, FactCodec.encode(new Fact.Quarantined(envelope, held.content(), reason)));
        draft.setAside(new SetAside(view.clinic(), month, held.content(), draft.position(month), held.fact(), null));
    }

    /// An edge that has not heard yet what became of it hears this.
    private void recount(Origin origin, Tally tally, @Nullable Remark remark) {
        StreamId stream = new StreamId(origin.device(), origin.epoch(), view.clinic());
        @Nullable StreamState state = view.stream(stream);
        if (state == null) {
            return;
        }
        List<Remark> remarks = new ArrayList<>();
        for (Remark each : state.remarks()) {
            if (each.seq() != origin.seq()) {
                remarks.add(each);
            } else if (remark != null) {
                remarks.add(remark);
            }
        }
        Tally counted = state.tally().plus(tally).plus(new Tally(0, 0, 0, -1, 0));
        draft.stream(stream, new StreamState(state.position(), counted, remarks, state.instance(), state.lastSeen()));
    }
}
