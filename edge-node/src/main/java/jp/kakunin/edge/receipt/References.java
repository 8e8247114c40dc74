package jp.kakunin.edge.receipt;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.text.Normalizer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import jp.kakunin.domain.Fact;
import jp.kakunin.edge.store.NewFact;

/// Sets the clinic's own number of a patient (照会番号). Setting what is set already records nothing.
final class References {
    static final int BODY_BYTES_MAX = 1_024;
    static final int REFERENCE_CHARS_MAX = 30;

    /// Twelve digits in a row, full-width or with separators, could be a My Number: it must never be stored.
    private static final Pattern NUMBER = Pattern.compile("(?<!\\d)(\\d[ \\-‐‑–—ー・._/]*){12,}");

    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\x{FFFD}]+");

    private final ReceiptFacts facts;
    private final Filing filing;

    References(ReceiptFacts facts, Filing filing) {
        this.facts = facts;
        this.filing = filing;
    }

    sealed interface Read {
        record Good(String reference) implements Read {}

        record Bad(ReceiptProblem problem) implements Read {}
    }

    static Read read(byte[] body) {
        String text;
        try {
            String sent = new JsonObject(Buffer.buffer(body)).getString("reference");
            text = sent == null
                    ? ""
                    : Normalizer.normalize(sent, Normalizer.Form.NFC).strip();
        } catch (DecodeException | ClassCastException _) {
            return new Read.Bad(ReceiptProblem.REFERENCE_INVALID);
        }
        if (text.length() > REFERENCE_CHARS_MAX || !PRINTABLE.matcher(text).matches()) {
            return new Read.Bad(ReceiptProblem.REFERENCE_INVALID);
        }
        return NUMBER.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).find()
                ? new Read.Bad(ReceiptProblem.REFERENCE_LOOKS_LIKE_MY_NUMBER)
                : new Read.Good(text);
    }

    /// Completes when it is on disk.
    CompletableFuture<Void> set(ClaimVisit visit, String reference) {
        if (reference.equals(visit.reference())) {
            return CompletableFuture.completedFuture(null);
        }
        Fact.ReferenceSet set = filing.reference(visit.clinic(), visit.judged().patient(), visit.month(), reference);
        return facts.record(List.of(new NewFact(set, null, false)));
    }
}
