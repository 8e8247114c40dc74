package jp.kakunin.keys;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a node keeps a few small secrets, for its eyes only and outside every backup. Everything is durable when a
/// call returns; trouble is a [VaultException].
public interface Vault {
    Set<String> names();

    byte @Nullable [] read(String name);

    /// As a whole or not at all.
    void write(String name, byte[] secret);

    /// The bytes are overwritten before the name goes, as far as the disk allows.
    void destroy(String name);
}
