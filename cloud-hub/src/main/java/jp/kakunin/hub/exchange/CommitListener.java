package jp.kakunin.hub.exchange;

import java.util.List;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.journal.Question;

/// Told after a commit is durable, on the thread of the clinic's shard: must not block.
@FunctionalInterface
public interface CommitListener {
    /// @param questions those that are new; only hints, the journal holds them all
    /// @param live a patient is waiting for the answers
    void committed(InstitutionCode clinic, List<Question> questions, boolean live);
}
