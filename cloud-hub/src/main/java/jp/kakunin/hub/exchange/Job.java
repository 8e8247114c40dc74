package jp.kakunin.hub.exchange;

import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.reconcile.ClinicView;
import org.jspecify.annotations.Nullable;

/// A change to one clinic, decided in that clinic's turn. Exactly one of `done`, `busy`, `undecidable` and
/// `failed` is called at the end, or none if there was nothing to commit: then the job has answered by itself.
interface Job {
    InstitutionCode clinic();

    /// Somebody waits at a desk.
    boolean live();

    /// Called again after a conflict.
    @Nullable
    Commit decide(ClinicView view);

    /// It is on disk.
    void done();

    /// The edge that sent all there is to tell, after [#done].
    default @Nullable Instance knowing() {
        return null;
    }

    void busy();

    /// Deciding failed though the journal works, so it would fail again.
    void undecidable(Throwable cause);

    /// The journal failed.
    void failed(Throwable cause);
}
