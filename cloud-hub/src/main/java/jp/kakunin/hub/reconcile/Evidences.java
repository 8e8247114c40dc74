package jp.kakunin.hub.reconcile;

import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import org.jspecify.annotations.Nullable;

/// What becomes of the sealed evidence that comes with a fact.
record Evidences(ClinicView view, Ledger ledger) {
    /// Evidence that is not the one its fact names is no evidence; the fact stands without it.
    void keep(Fact fact, byte @Nullable [] attachment) {
        if (attachment != null && fact instanceof Fact.CheckRecorded check && isOf(check, attachment)) {
            ledger.attach(check.check(), attachment);
        }
    }

    /// Evidence that did not come with its fact may come later.
    void complete(Fact fact, byte @Nullable [] attachment) {
        if (attachment != null
                && fact instanceof Fact.CheckRecorded check
                && isOf(check, attachment)
                && !view.hasEvidence(check.envelope().month(), check.check())) {
            ledger.complete(check, attachment);
        }
    }

    private static boolean isOf(Fact.CheckRecorded check, byte[] attachment) {
        return check.evidence() instanceof Evidence.Card card
                && Digest.of(attachment).equals(card.attachment());
    }
}
