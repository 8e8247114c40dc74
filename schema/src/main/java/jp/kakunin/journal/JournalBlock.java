package jp.kakunin.journal;

import java.util.List;
import jp.kakunin.domain.Digest;

/// Facts at consecutive positions of a clinic-month, kept together because they came together; `chain` is the hash up
/// to and including the last.
public record JournalBlock(Digest chain, List<JournalEntry> entries) {
    public JournalBlock {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a block without facts");
        }
    }
}
