package jp.kakunin.load.micro;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.SealingKey;
import jp.kakunin.keys.UnsealableException;
import jp.kakunin.keys.Vault;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A row sealed and opened. Plain: the same bytes through a cipher of the same kind that is used again and again, into
/// a
/// buffer that is there.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealBenchmark {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ROOM_BYTES = 4_096;
    private static final byte[] NAME = new byte[24];

    private final SealingKey key = key();
    private final List<byte[]> rows = Sample.encoded(Sample.FACTS);
    private final List<byte[]> sealed = new ArrayList<>();
    private final SecretKeySpec plainKey = new SecretKeySpec(new byte[SealingKey.BYTES], "AES");
    private final byte[] room = new byte[ROOM_BYTES];
    private final Cipher cipher;
    private long nonce;
    private int next;

    public SealBenchmark() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        rows.forEach(row -> sealed.add(key.seal(NAME, row)));
    }

    @Benchmark
    public byte[] seal() {
        return key.seal(NAME, rows.get(next()));
    }

    @Benchmark
    public byte[] unseal() throws UnsealableException {
        return key.open(NAME, sealed.get(next()));
    }

    @Benchmark
    public int plain() throws GeneralSecurityException {
        byte[] row = rows.get(next());
        byte[] once = ByteBuffer.allocate(NONCE_BYTES).putLong(nonce++).array();
        cipher.init(Cipher.ENCRYPT_MODE, plainKey, new GCMParameterSpec(TAG_BITS, once));
        cipher.updateAAD(NAME);
        return cipher.doFinal(row, 0, row.length, room);
    }

    private int next() {
        next = (next + 1) % Sample.FACTS;
        return next;
    }

    private static SealingKey key() {
        return Objects.requireNonNull(
                MonthKeys.open(new Pocket(), new SecureRandom()).of(new TreatmentMonth(YearMonth.of(2026, 11))));
    }

    /// Keeps the keys for as long as the measurement takes.
    private static final class Pocket implements Vault {
        private final Map<String, byte[]> secrets = new HashMap<>();

        @Override
        public Set<String> names() {
            return Set.copyOf(secrets.keySet());
        }

        @Override
        public byte @Nullable [] read(String name) {
            return secrets.get(name);
        }

        @Override
        public void write(String name, byte[] secret) {
            secrets.put(name, secret);
        }

        @Override
        public void destroy(String name) {
            secrets.remove(name);
        }
    }
}
