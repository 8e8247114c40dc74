package jp.kakunin.hub.authority;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The national system that knows who is insured. Trouble on the way is a [AuthorityResult.NoAnswer], never a failed
/// future.
public interface Authority {
    Set<Capability> capabilities();

    CompletableFuture<AuthorityResult> ask(Inquiry inquiry);
}
