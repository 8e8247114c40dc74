package jp.kakunin.hub.authority;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// An authority that answers from a registry file, for demonstrations and tests.
public final class RegistryAuthority implements Authority {
    /// @param attachmentKey the X25519 key to whose public half edges seal their card evidence
    public static RegistryAuthority load(Path csv, PrivateKey attachmentKey, InstantSource clock) throws IOException {
        throw new IllegalStateException("to be written");
    }

    @Override
    public Set<Capability> capabilities() {
        throw new IllegalStateException("to be written");
    }

    @Override
    public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
        throw new IllegalStateException("to be written");
    }
}
