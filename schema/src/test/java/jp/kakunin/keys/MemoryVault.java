package jp.kakunin.keys;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A vault in memory that can lose power after any number of changes.
public final class MemoryVault implements Vault {
    private final Map<String, byte[]> secrets = new TreeMap<>();
    private int changesUntilPowerIsLost = Integer.MAX_VALUE;
    private @Nullable String failing;
    private boolean stopping;

    public MemoryVault() {}

    /// The image of this vault as it is now.
    public MemoryVault copy() {
        MemoryVault copy = new MemoryVault();
        copy.secrets.putAll(secrets);
        return copy;
    }

    void failAfterWriting(String name) {
        failing = name;
    }

    /// The next destruction overwrites and fails then.
    void stopBeforeTheNameGoes() {
        stopping = true;
    }

    void losePowerAfter(int changes) {
        changesUntilPowerIsLost = changes;
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
        change();
        secrets.put(name, secret.clone());
        if (name.equals(failing)) {
            failing = null;
            throw new VaultException("it is written, but nobody knows for how long");
        }
    }

    @Override
    public void destroy(String name) {
        change();
        if (stopping) {
            stopping = false;
            secrets.replaceAll((each, secret) -> each.equals(name) ? new byte[secret.length] : secret);
            throw new VaultException("it is overwritten, and somebody has it open");
        }
        secrets.remove(name);
    }

    private void change() {
        if (changesUntilPowerIsLost-- <= 0) {
            throw new VaultException("the power is lost");
        }
    }
}
