package jp.kakunin.load.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A fact to bytes and back. Plain: the same bytes copied.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private final List<Fact> facts = Sample.facts();
    private final List<byte[]> encoded = Sample.encoded(Sample.FACTS);
    private int next;

    @Benchmark
    public byte[] encode() {
        return FactCodec.encode(facts.get(next()));
    }

    @Benchmark
    public Decoded decode() {
        return FactCodec.decode(encoded.get(next()));
    }

    @Benchmark
    public byte[] plain() {
        return encoded.get(next()).clone();
    }

    private int next() {
        next = (next + 1) % Sample.FACTS;
        return next;
    }
}
