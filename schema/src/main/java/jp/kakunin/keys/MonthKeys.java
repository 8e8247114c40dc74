package jp.kakunin.keys;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// The keys of the open months. A key that is destroyed stays so, also for whoever finds older bytes: all keys lie in
/// one ring, wrapped by a key that changes with each destruction.
///
///     wrap-N   32 bytes
///     ring-N   sealed by wrap-N:
///              version: 1 = 01 | destroyed through, month index: 4, or -1 | months: 4 | (month index: 4 | key: 32) …
///
/// The new pair is complete before the old one is destroyed. After a crash the highest complete pair counts, and what
/// else lies there is destroyed. Safe for use by several threads.
public final class MonthKeys {
    private static final String WRAP = "wrap-";
    private static final String RING = "ring-";
    private static final byte VERSION = 1;
    private static final int NONE = -1;
    private static final byte[] ROW = "ring".getBytes(StandardCharsets.US_ASCII);

    private final Vault vault;
    private final SecureRandom random;
    private volatile Pair pair;

    private record Ring(
            NavigableMap<TreatmentMonth, SealingKey> keys,
            @Nullable TreatmentMonth destroyedThrough) {}

    private record Pair(int generation, SealingKey wrap, Ring ring) {}

    private MonthKeys(Vault vault, SecureRandom random, Pair pair) {
        this.vault = vault;
        this.random = random;
        this.pair = pair;
    }

    /// Makes the first pair if there is none.
    ///
    /// @throws VaultException when there are keys and none can be read
    public static MonthKeys open(Vault vault, SecureRandom random) {
        SortedSet<Integer> generations = generations(vault.names());
        for (int each : generations.reversed()) {
            Pair found = read(vault, each, random);
            if (found != null) {
                MonthKeys keys = new MonthKeys(vault, random, found);
                keys.destroyAllBut(found.generation());
                return keys;
            }
        }
        // A wrap alone is what is left when the very first pair was cut off: nothing was sealed by it yet.
        boolean untouched = generations.isEmpty() || vault.names().stream().noneMatch(name -> name.startsWith(RING));
        if (!untouched || generations.stream().anyMatch(each -> each > 1)) {
            throw new VaultException("the month keys cannot be read: put the folder of month keys back as it was;"
                    + " without them nothing that is stored can be opened");
        }
        Pair first = new Pair(1, SealingKey.random(random), new Ring(new TreeMap<>(), null));
        MonthKeys keys = new MonthKeys(vault, random, first);
        keys.write(first);
        keys.destroyAllBut(1);
        return keys;
    }

    /// `null` for a month that was never opened or has no key any more.
    public @Nullable SealingKey find(TreatmentMonth month) {
        return pair.ring().keys().get(month);
    }

    /// The key of a month, made when it is first needed; `null` when it is destroyed.
    public @Nullable SealingKey of(TreatmentMonth month) {
        SealingKey found = find(month);
        return found == null ? make(month) : found;
    }

    private synchronized @Nullable SealingKey make(TreatmentMonth month) {
        SealingKey found = find(month);
        if (found != null || isDestroyed(month)) {
            return found;
        }
        Ring ring = pair.ring();
        SealingKey made = SealingKey.random(random);
        NavigableMap<TreatmentMonth, SealingKey> keys = new TreeMap<>(ring.keys());
        keys.put(month, made);
        Pair more = new Pair(pair.generation(), pair.wrap(), new Ring(keys, ring.destroyedThrough()));
        vault.write(RING + more.generation(), wrapped(more));
        pair = more;
        return made;
    }

    /// The months that have a key.
    public SortedSet<TreatmentMonth> months() {
        return new TreeSet<>(pair.ring().keys().keySet());
    }

    public boolean isDestroyed(TreatmentMonth month) {
        Ring ring = pair.ring();
        TreatmentMonth through = ring.destroyedThrough();
        return through != null && month.compareTo(through) <= 0 && !ring.keys().containsKey(month);
    }

    /// The newest month whose key is destroyed; so are those of all older ones that were not left out.
    public @Nullable TreatmentMonth destroyedThrough() {
        return pair.ring().destroyedThrough();
    }

    public void destroy(TreatmentMonth month) {
        destroy(month, Set.of());
    }

    /// Destroys the key of the month and of all older ones. Nothing sealed by them can be opened when this returns.
    ///
    /// @param leftOut older months that must be kept for a while
    public synchronized void destroy(TreatmentMonth month, Set<TreatmentMonth> leftOut) {
        Ring before = pair.ring();
        TreatmentMonth through = before.destroyedThrough();
        NavigableMap<TreatmentMonth, SealingKey> keys = new TreeMap<>(before.keys());
        keys.headMap(month, true).keySet().retainAll(leftOut);
        boolean isBehind = through != null && month.compareTo(through) <= 0;
        if (isBehind && keys.size() == before.keys().size()) {
            // An attempt before may have ended between the new pair and the end of the old one.
            destroyAllBut(pair.generation());
            return;
        }
        Ring rest = new Ring(keys, isBehind ? through : month);
        Pair next = new Pair(pair.generation() + 1, SealingKey.random(random), rest);
        replace(next);
        destroyAllBut(next.generation());
    }

    /// If writing fails although it may have been done, the new pair must not win at the next opening: keys
    /// made until then go into the old one.
    private void replace(Pair next) {
        try {
            write(next);
            pair = next;
        } catch (VaultException e) {
            if (vault.names().contains(RING + next.generation())) {
                vault.destroy(RING + next.generation());
            }
            throw e;
        }
    }

    private void write(Pair next) {
        vault.write(WRAP + next.generation(), next.wrap().secret());
        vault.write(RING + next.generation(), wrapped(next));
    }

    private void destroyAllBut(int kept) {
        for (String name : vault.names()) {
            if (isOurs(name) && !name.equals(WRAP + kept) && !name.equals(RING + kept)) {
                vault.destroy(name);
            }
        }
    }

    /// Also what a write left that was cut off.
    private static boolean isOurs(String name) {
        return name.matches("\\.?(wrap|ring)-[1-9][0-9]{0,8}(\\.draft)?");
    }

    private static @Nullable Pair read(Vault vault, int generation, SecureRandom random) {
        byte[] secret = vault.read(WRAP + generation);
        byte[] wrapped = vault.read(RING + generation);
        if (secret == null || wrapped == null) {
            return null;
        }
        try {
            SealingKey wrap = new SealingKey(secret, random);
            return new Pair(generation, wrap, ring(wrap.open(ROW, wrapped), random));
        } catch (UnsealableException | BufferUnderflowException | IllegalArgumentException _) {
            return null;
        }
    }

    private static byte[] wrapped(Pair pair) {
        Map<TreatmentMonth, SealingKey> keys = pair.ring().keys();
        TreatmentMonth destroyed = pair.ring().destroyedThrough();
        ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * Integer.BYTES + keys.size() * (Integer.BYTES + SealingKey.BYTES))
                .put(VERSION)
                .putInt(destroyed == null ? NONE : destroyed.index())
                .putInt(keys.size());
        keys.forEach((month, key) -> bytes.putInt(month.index()).put(key.secret()));
        return pair.wrap().seal(ROW, bytes.array());
    }

    private static Ring ring(byte[] content, SecureRandom random) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (bytes.get() != VERSION) {
            throw new IllegalArgumentException("the ring of month keys is of a version that is not known here");
        }
        int destroyed = bytes.getInt();
        NavigableMap<TreatmentMonth, SealingKey> keys = new TreeMap<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            TreatmentMonth month = TreatmentMonth.ofIndex(bytes.getInt());
            byte[] secret = new byte[SealingKey.BYTES];
            bytes.get(secret);
            keys.put(month, new SealingKey(secret, random));
        }
        return new Ring(keys, destroyed == NONE ? null : TreatmentMonth.ofIndex(destroyed));
    }

    private static SortedSet<Integer> generations(Set<String> names) {
        SortedSet<Integer> found = new TreeSet<>();
        for (String name : names) {
            if (name.matches("(wrap|ring)-[1-9][0-9]{0,8}")) {
                found.add(Integer.parseInt(name.substring(name.indexOf('-') + 1)));
            }
        }
        return found;
    }
}
