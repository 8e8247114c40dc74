package jp.kakunin.hub.exchange;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.reconcile.ClinicView;
import org.jspecify.annotations.Nullable;

/// A change that the hub makes by itself: no edge sent it.
///
/// @param live somebody waits at a desk for it, as for an answer of the authority
record OwnJob(
        InstitutionCode clinic,
        boolean live,
        Function<ClinicView, Optional<Commit>> decision,
        CompletableFuture<Settled> settled)
        implements Job {
    @Override
    public @Nullable Commit decide(ClinicView view) {
        Commit commit = decision.apply(view).orElse(null);
        if (commit == null) {
            settled.complete(Settled.NOTHING_TO_DO);
        }
        return commit;
    }

    @Override
    public void done() {
        settled.complete(Settled.RECORDED);
    }

    @Override
    public void busy() {
        settled.complete(Settled.BUSY);
    }

    @Override
    public void undecidable(Throwable cause) {
        failed(cause);
    }

    @Override
    public void failed(Throwable cause) {
        settled.completeExceptionally(cause);
    }
}
