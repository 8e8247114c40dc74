package jp.kakunin.edge.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.function.Supplier;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.KeptFact;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.TooLate;
import jp.kakunin.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/// The store's rules over sorted rows. A fact is unsent while it carries no mark of the stream's epoch, so that
/// beginning a new epoch is one small write however much is offered again.
final class KeyedFactStore implements FactStore {
    private final Rows rows;
    private final StoredFacts stored;
    private final Remarks remarks;
    private final Tellings tellings;
    private final GoingMonths going;
    private final Map<InstitutionCode, UnsentFacts> unsent = new HashMap<>();
    private final OpenedMonths opened = new OpenedMonths();

    KeyedFactStore(Rows rows) {
        this.rows = rows;
        this.stored = new StoredFacts(rows);
        remarks = new Remarks(rows);
        tellings = new Tellings(rows);
        going = new GoingMonths(rows);
        going.takeUp();
        Set<InstitutionCode> clinics = new HashSet<>();
        for (TreatmentMonth month : rows.months()) {
            rows.scan(month, Key.prefix(Key.FACT), (key, _) -> clinics.add(key.clinic()));
        }
        clinics.forEach(clinic -> index(clinic, outbox(clinic)));
    }

    @Override
    public void record(List<NewFact> facts) {
        List<Row> changes = new ArrayList<>();
        List<Runnable> afterwards = new ArrayList<>();
        for (NewFact fact : facts) {
            prepare(fact, changes, afterwards);
        }
        if (changes.isEmpty()) {
            return;
        }
        refuseWhenFull(facts);
        rows.write(changes);
        afterwards.forEach(Runnable::run);
    }

    private void prepare(NewFact added, List<Row> changes, List<Runnable> afterwards) {
        Fact fact = added.fact();
        TreatmentMonth month = fact.envelope().month();
        InstitutionCode clinic = fact.envelope().clinic();
        if (rows.isForgotten(month)) {
            throw new IllegalArgumentException("month " + month + " is forgotten by law: nothing can be added to it");
        }
        Key key = Key.of(Key.FACT, month, clinic, fact.id().value());
        if (rows.get(key) != null) {
            return;
        }
        byte[] encoded = FactCodec.encode(fact);
        changes.add(new Row(key, EdgeStoreCodec.encode(new KeptFact(encoded, true))));
        int bytes = encoded.length;
        byte[] attachment = added.attachment();
        if (attachment != null) {
            if (attachment.length > Limits.ATTACHMENT_BYTES_MAX) {
                throw new IllegalArgumentException("an attachment may have at most " + Limits.ATTACHMENT_BYTES_MAX
                        + " bytes, this has " + attachment.length + ": record the check as a card fault");
            }
            Key attachmentKey = StoredFacts.attachmentKey(fact);
            if (attachmentKey == null) {
                throw new IllegalArgumentException("only a check with a card has an attachment");
            }
            changes.add(new Row(attachmentKey, attachment));
            bytes += attachment.length;
        }
        Unsent row = Unsent.of(fact, false, bytes);
        afterwards.add(() -> {
            unsentOf(clinic).add(row);
            opened.add(fact);
        });
    }

    private void refuseWhenFull(List<NewFact> facts) {
        if (!rows.hasRoom()) {
            throw new StoreFullException("the disk is full: make space on it; until then write checks on paper");
        }
        for (NewFact fact : facts) {
            if (unsentOf(fact.fact().envelope().clinic()).size() >= UNSENT_FACTS_MAX) {
                throw new StoreFullException("too many facts are unsent: connect the edge to its hub");
            }
        }
    }

    @Override
    public List<Fact> facts(InstitutionCode clinic, TreatmentMonth month) {
        return opened.facts(clinic, month, () -> {
            List<Fact> facts = new ArrayList<>();
            stored.forEach(clinic, month, (_, fact, _) -> facts.add(fact));
            return facts;
        });
    }

    @Override
    public Set<TreatmentMonth> months() {
        return rows.months();
    }

    @Override
    public Map<FactId, Remarked> remarks(InstitutionCode clinic, TreatmentMonth month) {
        return remarks.of(clinic, month);
    }

    @Override
    public StoreCondition condition() {
        return rows.condition();
    }

    @Override
    public SequencedCollection<Unsent> unsent(InstitutionCode clinic) {
        return unsentOf(clinic).inOrder();
    }

    @Override
    public Set<FactId> unacknowledged(InstitutionCode clinic) {
        Set<FactId> ids = new HashSet<>(unsentOf(clinic).ids());
        Outbox outbox = outbox(clinic);
        if (outbox != null) {
            outbox.numbered().forEach(numbered -> ids.add(numbered.fact()));
        }
        return ids;
    }

    @Override
    public @Nullable Outbox outbox(InstitutionCode clinic) {
        byte[] value = rows.get(Key.of(Key.OUTBOX, clinic));
        return value == null ? null : EdgeStoreCodec.decodeOutbox(value);
    }

    @Override
    public byte[] encoded(InstitutionCode clinic, TreatmentMonth month, FactId fact) {
        return stored.encoded(clinic, month, fact);
    }

    @Override
    public List<SentFact> outgoing(InstitutionCode clinic, List<Numbered> numbered) {
        List<SentFact> outgoing = new ArrayList<>();
        for (Numbered each : numbered) {
            byte[] fact = encoded(clinic, each.month(), each.fact());
            outgoing.add(new SentFact(each.position().seq(), fact, stored.attachmentOf(fact)));
        }
        return outgoing;
    }

    @Override
    public void number(InstitutionCode clinic, Outbox outbox) {
        List<Row> changes = new ArrayList<>();
        changes.add(row(clinic, outbox));
        byte[] mark = EdgeStoreCodec.encodeMark(outbox.epoch());
        for (Numbered numbered : outbox.numbered()) {
            if (unsentOf(clinic).ids().contains(numbered.fact())) {
                changes.add(new Row(
                        Key.of(
                                Key.MARK,
                                numbered.month(),
                                clinic,
                                numbered.fact().value()),
                        mark));
            }
        }
        rows.write(changes);
        outbox.numbered().forEach(numbered -> unsentOf(clinic).remove(numbered.fact()));
    }

    @Override
    public void acknowledge(InstitutionCode clinic, Outbox outbox, Map<Numbered, Remarked> remarked) {
        Outbox before = outbox(clinic);
        List<Numbered> settled = before == null
                ? List.of()
                : before.numbered().stream()
                        .filter(numbered -> !outbox.numbered().contains(numbered))
                        .toList();
        List<Row> changes = new ArrayList<>(remarks.rows(clinic, settled, remarked));
        changes.add(row(clinic, outbox));
        rows.write(changes);
    }

    @Override
    public void reopen(InstitutionCode clinic, Epoch epoch) {
        Outbox outbox = Outbox.begin(epoch);
        List<Row> changes = new ArrayList<>(UnsentIndex.withoutMarks(clinic, outbox(clinic)));
        changes.add(row(clinic, outbox));
        rows.write(changes);
        index(clinic, outbox);
    }

    @Override
    public void restart(LastHeard heard, Map<InstitutionCode, Epoch> epochs) {
        List<Row> changes = new ArrayList<>();
        changes.add(new Row(Key.heard(), EdgeStoreCodec.encode(heard)));
        epochs.forEach((clinic, epoch) -> {
            changes.addAll(UnsentIndex.withoutMarks(clinic, outbox(clinic)));
            changes.add(row(clinic, Outbox.begin(epoch)));
            changes.add(new Row(Key.of(Key.CURSOR, clinic), null));
        });
        rows.write(changes);
        epochs.forEach((clinic, epoch) -> index(clinic, Outbox.begin(epoch)));
    }

    @Override
    public void setAside(InstitutionCode clinic, TreatmentMonth month, FactId fact, Remarked remarked) {
        rows.write(List.of(Remarks.row(clinic, month, fact, remarked)));
        unsentOf(clinic).remove(fact);
    }

    @Override
    public boolean forget(TreatmentMonth through, Collection<InstitutionCode> clinics, Supplier<Epoch> epochs) {
        going.finish();
        Set<TreatmentMonth> months = going.upTo(through);
        if (months.isEmpty()) {
            return false;
        }
        clinics.forEach(clinic -> months.removeAll(going.doubted(clinic, unsentOf(clinic), outbox(clinic))));
        if (months.isEmpty()) {
            return false;
        }
        List<Row> changes = new ArrayList<>();
        unsent.forEach((clinic, facts) -> {
            Outbox outbox = outbox(clinic);
            TooLate unheard = going.unheard(clinic, months, facts, outbox);
            if (!unheard.equals(TooLate.NONE)) {
                changes.add(Remarks.row(clinic, tooLate(clinic).plus(unheard)));
            }
            if (outbox != null && outbox.numbered().stream().anyMatch(each -> months.contains(each.month()))) {
                changes.addAll(UnsentIndex.withoutMarks(clinic, outbox));
                changes.add(row(clinic, Outbox.begin(epochs.get())));
            }
        });
        try {
            going.forget(months, changes);
        } finally {
            // Dropped is dropped, even if destroying the key must be tried again.
            opened.forget(months);
            List.copyOf(unsent.keySet()).forEach(clinic -> index(clinic, outbox(clinic)));
        }
        return true;
    }

    @Override
    public boolean remove(InstitutionCode clinic) {
        EndedClinic ended = EndedClinic.look(rows, clinic, unacknowledged(clinic));
        if (!ended.going().isEmpty()) {
            rows.write(ended.going());
            opened.forget(clinic);
            rows.sweep();
        }
        return !ended.stays() && rows.forget(clinic) || !ended.going().isEmpty();
    }

    @Override
    public TooLate tooLate(InstitutionCode clinic) {
        return remarks.tooLate(clinic);
    }

    @Override
    public void tooLateSeen(InstitutionCode clinic, TooLate seen) {
        remarks.tooLateSeen(clinic, seen);
    }

    @Override
    public @Nullable Cursor cursor(InstitutionCode clinic) {
        byte[] value = rows.get(Key.of(Key.CURSOR, clinic));
        return value == null ? null : EdgeStoreCodec.decodeCursor(value);
    }

    @Override
    public void pull(InstitutionCode clinic, Collection<Delivered> facts, Cursor cursor) {
        Outbox outbox = outbox(clinic);
        if (outbox == null) {
            throw new IllegalStateException("the stream of clinic " + clinic + " has not begun");
        }
        if (!facts.isEmpty() && !rows.hasRoom()) {
            throw new StoreFullException("the disk is full: nothing is read from the hub until there is space");
        }
        List<Row> changes = new ArrayList<>();
        List<Fact> pulled = new ArrayList<>();
        changes.add(new Row(Key.of(Key.CURSOR, clinic), EdgeStoreCodec.encode(cursor)));
        for (Delivered delivered : facts) {
            switch (FactCodec.decode(delivered.fact())) {
                case Decoded.Known(Fact fact)
                when fact.envelope().clinic().equals(clinic)
                        && !rows.isForgotten(fact.envelope().month()) -> {
                    changes.addAll(stored.pulled(fact, delivered.fact(), outbox.epoch()));
                    pulled.add(fact);
                }
                case Decoded.Known _ -> {}
                case Decoded.Unreadable _
                when !rows.isForgotten(delivered.month()) -> changes.add(StoredFacts.unreadable(clinic, delivered));
                case Decoded.Unreadable _ -> {}
            }
        }
        rows.write(changes);
        pulled.forEach(opened::add);
        changes.stream()
                .filter(row -> row.key().kind() == Key.MARK)
                .forEach(row -> unsentOf(clinic).remove(row.key().factId()));
    }

    @Override
    public void rewind(InstitutionCode clinic) {
        rows.write(List.of(new Row(Key.of(Key.CURSOR, clinic), null)));
    }

    @Override
    public @Nullable LastHeard lastHeard() {
        byte[] value = rows.get(Key.heard());
        return value == null ? null : EdgeStoreCodec.decodeLastHeard(value);
    }

    @Override
    public void heard(LastHeard heard) {
        rows.write(List.of(new Row(Key.heard(), EdgeStoreCodec.encode(heard))));
    }

    @Override
    public Admission admission(InstitutionCode clinic) {
        byte[] value = rows.get(Key.of(Key.ADMISSION, clinic));
        return value == null ? Admission.GRANTED : EdgeStoreCodec.decodeAdmission(value);
    }

    /// Never deleted but overwritten, so that a salvaged store does not bring an old refusal back.
    @Override
    public void admission(InstitutionCode clinic, Admission admission) {
        if (!admission(clinic).equals(admission)) {
            rows.write(List.of(new Row(Key.of(Key.ADMISSION, clinic), EdgeStoreCodec.encode(admission))));
        }
    }

    @Override
    public Map<VisitId, Told> told(InstitutionCode clinic, TreatmentMonth month) {
        return tellings.of(clinic, month);
    }

    @Override
    public @Nullable Feed feed(InstitutionCode clinic) {
        return tellings.feed(clinic);
    }

    @Override
    public void tell(InstitutionCode clinic, Feed feed, Map<TreatmentMonth, Map<VisitId, Told>> told) {
        tellings.keep(clinic, feed, told);
    }

    @Override
    public void close() {
        rows.close();
    }

    private void index(InstitutionCode clinic, @Nullable Outbox outbox) {
        LastHeard heard = lastHeard();
        unsent.put(clinic, new UnsentIndex(rows, clinic).of(outbox, heard == null ? null : heard.hubTime()));
    }

    private UnsentFacts unsentOf(InstitutionCode clinic) {
        return unsent.computeIfAbsent(clinic, _ -> new UnsentFacts());
    }

    private static Row row(InstitutionCode clinic, Outbox outbox) {
        return new Row(Key.of(Key.OUTBOX, clinic), EdgeStoreCodec.encode(outbox));
    }
}
