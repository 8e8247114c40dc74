package jp.kakunin.load.micro;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kakunin.exchange.StreamPosition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The hash of a stream moved on by one fact. Plain: SHA-256 over the fact, once, with a digest used again.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChainBenchmark {
    private final List<byte[]> facts = Sample.encoded(Sample.FACTS);
    private final MessageDigest digest;
    private StreamPosition position = StreamPosition.START;
    private int next;

    public ChainBenchmark() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public StreamPosition chain() {
        position = position.after(facts.get(next()));
        return position;
    }

    @Benchmark
    public byte[] plain() {
        return digest.digest(facts.get(next()));
    }

    private int next() {
        next = (next + 1) % Sample.FACTS;
        return next;
    }
}
