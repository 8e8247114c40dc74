package jp.kakunin.hub.authority;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The national system that knows who is insured. Trouble on the way is a [AuthorityResult.NoAnswer], never a failed
/// future, and so is a question that the authority cannot be asked: [AuthorityResult.Cause#NOT_CAPABLE].
public interface Authority extends AutoCloseable {
    Set<Capability> capabilities();

    /// Returns at once or after a moment's reading of a disk; never waits for a network.
    CompletableFuture<AuthorityResult> ask(Inquiry inquiry);

    @Override
    default void close() {}
}
