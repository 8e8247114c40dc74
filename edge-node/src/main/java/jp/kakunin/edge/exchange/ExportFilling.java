package jp.kakunin.edge.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.SentFact;

/// Fills exports of one month up to their limits, each an epoch of its own and whole without the others.
public final class ExportFilling {
    /// Around the facts: certificate, signature, seal, and what Avro writes between.
    private static final int AROUND_BYTES = 64 * 1024;

    private static final int AROUND_FACT_BYTES = 32;

    private final IdSource ids;
    private final Instance instance;
    private final Instant writtenAt;
    private final Consumer<Export> full;
    private final Map<InstitutionCode, List<SentFact>> streams = new LinkedHashMap<>();
    private int facts;
    private int bytes = AROUND_BYTES;

    /// @param full takes each export when nothing more goes into it
    public ExportFilling(IdSource ids, Instance instance, Instant writtenAt, Consumer<Export> full) {
        this.ids = ids;
        this.instance = instance;
        this.writtenAt = writtenAt;
        this.full = full;
    }

    /// @param fact as it would be sent; its number is given here
    public void add(InstitutionCode clinic, SentFact fact) {
        byte[] attachment = fact.attachment();
        int more = AROUND_FACT_BYTES + fact.fact().length + (attachment == null ? 0 : attachment.length);
        if (facts == Limits.EXPORT_FACTS_MAX || bytes + more > Limits.EXPORT_BYTES_MAX) {
            finish();
        }
        List<SentFact> stream = streams.computeIfAbsent(clinic, _ -> new ArrayList<>());
        stream.add(new SentFact(stream.size() + 1L, fact.fact(), attachment));
        facts++;
        bytes += more;
    }

    /// Gives out what is left, if anything is.
    public void finish() {
        if (facts > 0) {
            List<Export.Stream> all = new ArrayList<>();
            streams.forEach((clinic, sent) -> all.add(new Export.Stream(clinic, sent)));
            streams.clear();
            facts = 0;
            bytes = AROUND_BYTES;
            full.accept(new Export(ids.epoch(), instance, writtenAt, all));
        }
    }
}
