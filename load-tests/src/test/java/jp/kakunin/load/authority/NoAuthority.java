package jp.kakunin.load.authority;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;

/// Cannot be asked anything.
final class NoAuthority implements Authority {
    @Override
    public Set<Capability> capabilities() {
        return Set.of();
    }

    @Override
    public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
        return CompletableFuture.completedFuture(new AuthorityResult.NoAnswer(AuthorityResult.Cause.NOT_CAPABLE));
    }
}
