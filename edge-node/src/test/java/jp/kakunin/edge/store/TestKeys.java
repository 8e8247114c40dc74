package jp.kakunin.edge.store;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.keys.Vault;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;

/// A vault in memory.
final class TestKeys implements Vault {
    private final Map<String, byte[]> secrets = new TreeMap<>();
    private boolean failNextDestroy;

    static ClinicKeys fresh() {
        return new TestKeys().open();
    }

    ClinicKeys open() {
        return ClinicKeys.open(this, new SecureRandom());
    }

    void failNextDestroy() {
        failNextDestroy = true;
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
        if (failNextDestroy) {
            failNextDestroy = false;
            throw new VaultException("the disk does not answer");
        }
        secrets.remove(name);
    }
}
