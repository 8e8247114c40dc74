package jp.kakunin.edge.exchange;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.outbox.Unsent;

/// Which unsent facts travel next. Facts of closed months go last: the hub only acknowledges and remarks them as too
/// late. Those of a doubtful clock keep their place: their month may be wrong, and the hub keeps them for the clinic
/// to look at.
final class BatchChoice {
    private BatchChoice() {}

    static Predicate<Unsent> inTimeAt(Instant now) {
        TreatmentMonth oldestOpen = TreatmentMonth.at(now).previous();
        return unsent -> unsent.clockDoubtful() || unsent.month().compareTo(oldestOpen) >= 0;
    }

    /// The first facts in order that the filter lets through, as many as limit and grant allow; at least one if the
    /// grant
    /// allows facts at all, because one fact never exceeds what the exchange allows.
    static List<Unsent> first(Iterable<Unsent> inOrder, Predicate<Unsent> filter, int factsMax, Grant grant) {
        long bytesMax = Math.min(Limits.BATCH_BYTES_MAX, grant.bytes());
        int countMax = Math.min(factsMax, grant.facts());
        List<Unsent> chosen = new ArrayList<>();
        long bytes = 0;
        for (Unsent unsent : inOrder) {
            if (chosen.size() >= countMax) {
                break;
            }
            if (!filter.test(unsent)) {
                continue;
            }
            bytes += unsent.bytes();
            if (bytes > bytesMax && !chosen.isEmpty()) {
                break;
            }
            chosen.add(unsent);
        }
        return chosen;
    }

    /// Everything the hub does not have; what is too late is due no more.
    static Backlog backlog(Iterable<Unsent> unsent, Predicate<Unsent> inTime) {
        long facts = 0;
        long bytes = 0;
        Instant oldest = null;
        LocalDate earliestDue = null;
        for (Unsent each : unsent) {
            facts++;
            bytes += each.bytes();
            if (oldest == null || each.capturedAt().isBefore(oldest)) {
                oldest = each.capturedAt();
            }
            LocalDate due = each.month().due();
            if (inTime.test(each) && each.isOwedByMonthEnd() && (earliestDue == null || due.isBefore(earliestDue))) {
                earliestDue = due;
            }
        }
        return new Backlog(facts, bytes, oldest, earliestDue);
    }
}
