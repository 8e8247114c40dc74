package jp.kakunin.edge.receipt;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import jp.kakunin.domain.VisitId;
import jp.kakunin.outbox.Told;
import org.jspecify.annotations.Nullable;

/// A clinic's visits and the sequence of their changes at one moment.
///
/// @param hidden the clinic may not be seen on this device; then there is nothing else
/// @param full the disk is full: the visits are as they are now, but what changed last has no number yet. Then no
/// change is
///     told, not even an older one: what it was is not known any more, and what it is would not come again if it went
/// back
/// @param feed names the sequence; another name means that clients begin again
/// @param changes each visit at its last number
record Snapshot(
        boolean hidden, boolean full, ClaimBook book, String feed, long last, NavigableMap<Long, Change> changes) {
    /// @param visit null when it is gone: taken back by the clinic
    record Change(VisitId id, Told told, @Nullable ClaimVisit visit) {}

    /// @param next where to go on
    record Page(List<Change> changes, Cursor next, boolean more) {}

    Cursor end() {
        return new Cursor(feed, last);
    }

    /// Whether the client followed this sequence, and no further than it goes.
    boolean continues(Cursor after) {
        return after.feed().equals(feed) && after.seq() <= last;
    }

    Page after(long seq, int limit) {
        List<Change> page = new ArrayList<>();
        for (Change change : changes.tailMap(seq, false).values()) {
            if (page.size() == limit) {
                return new Page(page, new Cursor(feed, page.getLast().told().seq()), true);
            }
            page.add(change);
        }
        return new Page(page, end(), false);
    }
}
