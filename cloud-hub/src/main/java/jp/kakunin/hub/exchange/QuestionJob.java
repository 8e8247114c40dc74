package jp.kakunin.hub.exchange;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.reconcile.ClinicView;
import org.jspecify.annotations.Nullable;

/// Settles one question to the authority. Goes with the live ones: an answer is what somebody waits for.
record QuestionJob(
        InstitutionCode clinic, Function<ClinicView, Optional<Commit>> decision, CompletableFuture<Settled> settled)
        implements Job {
    @Override
    public boolean live() {
        return true;
    }

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
