package jp.kakunin.load.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.codec.JournalCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Reconciliation;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Summary;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A patient-month judged, and folded into the summary that is kept. Plain: the bytes of its facts copied.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FoldBenchmark {
    @Param({"1", "4", "12"})
    public int visits;

    private List<List<Fact>> months = List.of();
    private List<List<EncodedFact>> encoded = List.of();
    private int next;

    @Setup
    public void make() {
        months = Sample.months(visits);
        encoded = months.stream()
                .map(month -> month.stream().map(FactCodec::encoded).toList())
                .toList();
    }

    @Benchmark
    public List<VisitStanding> judge() {
        List<Fact> month = months.get(next());
        return Reconciliation.judge(month.getFirst().envelope().month(), month);
    }

    @Benchmark
    public byte[] summary() {
        int which = next();
        List<Fact> month = months.get(which);
        List<VisitStanding> standings =
                Reconciliation.judge(month.getFirst().envelope().month(), month);
        return JournalCodec.encode(new Summary(encoded.get(which), standings));
    }

    @Benchmark
    public byte[] plain() {
        List<EncodedFact> month = encoded.get(next());
        byte[] copy =
                new byte[month.stream().mapToInt(each -> each.bytes().length).sum()];
        int at = 0;
        for (EncodedFact each : month) {
            System.arraycopy(each.bytes(), 0, copy, at, each.bytes().length);
            at += each.bytes().length;
        }
        return copy;
    }

    private int next() {
        next = (next + 1) % months.size();
        return next;
    }
}
