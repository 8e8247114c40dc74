package jp.kakunin.edge.store;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.keys.Vault;
import org.jspecify.annotations.Nullable;

/// A vault in memory.
final class TestKeys implements Vault {
    private final Map<String, byte[]> secrets = new TreeMap<>();

    static MonthKeys fresh() {
        return new TestKeys().open();
    }

    MonthKeys open() {
        return MonthKeys.open(this, new SecureRandom());
    }

    /// As it is now, whatever is destroyed later.
    TestKeys copy() {
        TestKeys copy = new TestKeys();
        copy.secrets.putAll(secrets);
        return copy;
    }

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
