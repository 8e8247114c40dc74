package jp.kakunin.load.peers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import jp.kakunin.load.replay.ClinicDay;
import jp.kakunin.load.replay.Machine;
import jp.kakunin.load.report.Spread;
import org.HdrHistogram.Histogram;

/// Wins and losses alike, with what each figure stands on.
final class PeersReport {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int HIGH = 99;

    private final List<Row> rows = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final List<Absent> absent = new ArrayList<>();

    /// One peer under one kind of load.
    record Row(Candidate peer, int clients, int batch, List<Round.Figures> rounds) {
        Row {
            rounds = List.copyOf(rounds);
        }

        private Spread spread(ToDoubleFunction<Round.Figures> figure) {
            return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
        }

        private double millis(double percentile) {
            Histogram all = new Histogram(rounds.getFirst().pushMicros());
            all.reset();
            rounds.forEach(round -> all.add(round.pushMicros()));
            return all.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
        }

        private boolean isSameLoad(Row other) {
            return clients == other.clients && batch == other.batch;
        }
    }

    /// What one peer promises, and what was found of what it acknowledged.
    record Kept(Candidate peer, Peer.Nature nature, Ledger.Balance balance) {
        /// A figure of a run whose facts are not whole says nothing.
        boolean isWhole() {
            return balance.missing() == 0 && (balance.doubled() == 0 || !nature.dedups());
        }
    }

    record Absent(Candidate peer, String remedy) {}

    void add(Row row) {
        rows.add(row);
    }

    void add(Kept of) {
        kept.add(of);
    }

    void add(Absent peer) {
        absent.add(peer);
    }

    boolean isWhole() {
        return kept.stream().allMatch(Kept::isWhole);
    }

    boolean isComplete() {
        return absent.isEmpty();
    }

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%n%-11s %7s %6s %34s %9s %9s %9s %9s %7s%n",
                "peer",
                "clients",
                "batch",
                "facts/s, median (least to most)",
                "p50 ms",
                "p99 ms",
                "server µs",
                "client µs",
                "× ours"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-11s %7d %6d %34s %9.2f %9.2f %9.1f %9.1f %7s%n",
                    row.peer().label(),
                    row.clients(),
                    row.batch(),
                    row.spread(Round.Figures::factsPerSecond).text("", 0).replace("  (", " ("),
                    row.millis(50),
                    row.millis(HIGH),
                    row.spread(Round.Figures::serverMicros).median(),
                    row.spread(Round.Figures::clientMicros).median(),
                    ratio(row)
                            .map(each -> String.format(Locale.ROOT, "%.2f", each))
                            .orElse("-")));
        }
        text.append(String.format("%n%-11s %-22s %-12s %s%n", "peer", "version", "durable", "known from"));
        for (Kept each : kept) {
            Peer.Nature nature = each.nature();
            text.append(String.format(
                    Locale.ROOT,
                    "%-11s %-22s %-12s %s%n%11s dedup: %s (%s); TLS: %s; %,d acknowledged, %d missing, %,d doubled%s%n",
                    each.peer().label(),
                    nature.version(),
                    nature.durable() ? "yes" : "NOT DURABLE",
                    nature.known(),
                    "",
                    nature.dedups() ? "yes" : "NO",
                    nature.dedup(),
                    nature.tls() ? "1.3 with client certificates" : "no",
                    each.balance().acknowledged(),
                    each.balance().missing(),
                    each.balance().doubled(),
                    each.isWhole() ? "" : "  NOT WHOLE: its figures are void"));
        }
        absent.forEach(each -> text.append(
                String.format("%-11s NOT MEASURED, %s%n", each.peer().label(), each.remedy())));
        text.append(conditions());
        return text.toString();
    }

    private static String conditions() {
        return String.format(
                Locale.ROOT,
                "%nthe same facts for each, %d %% with attachment, %d %% sent again; servers one after the other, clients"
                        + " beside them on the same processors.%nEach client waits for its acknowledgement before it"
                        + " pushes again: the latencies are those at full load.%nKakunin also checks each fact, folds"
                        + " and judges its patient-month and seals it, behind TLS; the others keep bytes.%n",
                Math.round(ClinicDay.CARD_SHARE * 100),
                Math.round(Offer.REPEAT_SHARE * 100));
    }

    /// More than one: the peer is faster than this product.
    private Optional<Double> ratio(Row row) {
        double median = row.spread(Round.Figures::factsPerSecond).median();
        return rows.stream()
                .filter(each -> each.peer() == Candidate.KAKUNIN && each.isSameLoad(row))
                .findFirst()
                .map(ours -> median / ours.spread(Round.Figures::factsPerSecond).median());
    }

    JsonObject json(Machine machine, long seed) {
        JsonArray figures = new JsonArray();
        for (Row row : rows) {
            JsonObject figure = new JsonObject()
                    .put("peer", row.peer().label())
                    .put("clients", row.clients())
                    .put("batch", row.batch())
                    .put(
                            "factsPerSecond",
                            row.spread(Round.Figures::factsPerSecond).json())
                    .put("pushMillisP50", row.millis(50))
                    .put("pushMillisP99", row.millis(HIGH))
                    .put(
                            "serverMicrosPerFact",
                            row.spread(Round.Figures::serverMicros).json())
                    .put(
                            "clientMicrosPerFact",
                            row.spread(Round.Figures::clientMicros).json());
            ratio(row).ifPresent(each -> figure.put("ratioToKakunin", each));
            figures.add(figure);
        }
        JsonArray natures = new JsonArray();
        for (Kept each : kept) {
            natures.add(new JsonObject()
                    .put("peer", each.peer().label())
                    .put("version", each.nature().version())
                    .put("durable", each.nature().durable())
                    .put("durableKnownFrom", each.nature().known())
                    .put("dedup", each.nature().dedups())
                    .put("dedupHow", each.nature().dedup())
                    .put("tls", each.nature().tls())
                    .put("acknowledged", each.balance().acknowledged())
                    .put("missing", each.balance().missing())
                    .put("doubled", each.balance().doubled()));
        }
        JsonArray notMeasured = new JsonArray();
        absent.forEach(each -> notMeasured.add(
                new JsonObject().put("peer", each.peer().label()).put("remedy", each.remedy())));
        return new JsonObject()
                .put("machine", machine.json())
                .put("seed", seed)
                .put("attachmentShare", ClinicDay.CARD_SHARE)
                .put("repeatShare", Offer.REPEAT_SHARE)
                .put("figures", figures)
                .put("peers", natures)
                .put("notMeasured", notMeasured);
    }
}
