package jp.kakunin.edge.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.outbox.KeptFact;
import org.jspecify.annotations.Nullable;

/// Facts and their attachments, read from the rows.
final class StoredFacts {
    private final Rows rows;

    StoredFacts(Rows rows) {
        this.rows = rows;
    }

    interface Visitor {
        void see(Key key, Fact fact, KeptFact kept);
    }

    /// All that this version can read. What an older version pulled and could not read has a key of its own, and no
    /// row under the fact's id.
    void forEach(InstitutionCode clinic, TreatmentMonth month, Visitor visitor) {
        rows.scan(month, Key.prefix(Key.FACT, month, clinic), (key, value) -> {
            KeptFact kept = EdgeStoreCodec.decodeKeptFact(value);
            if (FactCodec.decode(kept.fact()) instanceof Decoded.Known(Fact fact)) {
                visitor.see(key, fact, kept);
            }
        });
    }

    /// A later version of this edge may be able to read it. Its id is not known yet; its content names it well
    /// enough.
    static Row unreadable(InstitutionCode clinic, Delivered delivered) {
        byte[] name = Arrays.copyOf(Digest.of(delivered.fact()).bytes(), Ids.ID_BYTES);
        return new Row(
                Key.of(Key.FACT, delivered.month(), clinic, Ids.fromBytes(name)),
                EdgeStoreCodec.encode(new KeptFact(delivered.fact(), false)));
    }

    /// What the hub delivers need not be offered to it in this epoch. An own fact is offered all the same, with the
    /// attachment that the hub may lack.
    List<Row> pulled(Fact fact, byte[] encoded, Epoch epoch) {
        List<Row> changes = new ArrayList<>();
        InstitutionCode clinic = fact.envelope().clinic();
        TreatmentMonth month = fact.envelope().month();
        Key key = Key.of(Key.FACT, month, clinic, fact.id().value());
        byte[] known = rows.get(key);
        if (known == null) {
            changes.add(new Row(key, EdgeStoreCodec.encode(new KeptFact(encoded, false))));
        }
        if (known == null || !EdgeStoreCodec.decodeKeptFact(known).own()) {
            changes.add(new Row(Key.of(Key.MARK, month, clinic, fact.id().value()), EdgeStoreCodec.encodeMark(epoch)));
        }
        // What the hub delivers took effect, whatever it remarked before: it may be another version of it by now.
        Key remark = Key.of(Key.REMARK, month, clinic, fact.id().value());
        if (rows.get(remark) != null) {
            changes.add(new Row(remark, null));
        }
        if (fact instanceof Fact.AnswerReceived answer && answer.answer() instanceof Answer.Valid) {
            changes.add(new Row(Key.attachment(fact.envelope(), answer.check()), null));
        }
        return changes;
    }

    byte[] encoded(InstitutionCode clinic, TreatmentMonth month, FactId fact) {
        byte[] value = rows.get(Key.of(Key.FACT, month, clinic, fact.value()));
        if (value == null) {
            throw new IllegalArgumentException("fact " + fact + " of " + month + " is not in the store");
        }
        return EdgeStoreCodec.decodeKeptFact(value).fact();
    }

    byte @Nullable [] attachmentOf(byte[] encoded) {
        if (FactCodec.decode(encoded) instanceof Decoded.Known(Fact fact)) {
            Key key = attachmentKey(fact);
            return key == null ? null : rows.get(key);
        }
        return null;
    }

    static @Nullable Key attachmentKey(Fact fact) {
        return fact instanceof Fact.CheckRecorded check && check.evidence() instanceof Evidence.Card
                ? Key.attachment(fact.envelope(), check.check())
                : null;
    }
}
