package jp.kakunin.edge.store;

import java.util.Arrays;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
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
