package jp.kakunin.hub.exchange;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.journal.Head;
import org.jspecify.annotations.Nullable;

/// Reads what lies behind a cursor.
final class NewsDesk {
    /// Leaves half of a frame for what surrounds the facts.
    private static final int NEWS_BYTES_MAX = Limits.FRAME_BYTES_MAX / 2;

    private final Journal journal;
    private final InstantSource clock;

    NewsDesk(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /// Nothing yet if `null`.
    Reply.@Nullable Body news(Request.Wait request) {
        Head head = journal.head(request.clinic());
        Cursor cursor = request.cursor();
        if (cursor != null && !isKnown(cursor, head)) {
            return new Reply.Reset(request.clinic());
        }
        Cursor from = start(request, head);
        List<Delivered> facts = new ArrayList<>();
        Cursor to = read(request, head, from, facts);
        boolean more = to.months().entrySet().stream()
                .anyMatch(month -> head.tip(month.getKey()).position() > month.getValue());
        return facts.isEmpty() ? null : new Reply.News(request.clinic(), facts, to, more);
    }

    Reply.Body nothing(Request.Wait request) {
        Cursor cursor = start(request, journal.head(request.clinic()));
        return new Reply.News(request.clinic(), List.of(), cursor, false);
    }

    private Cursor read(Request.Wait request, Head head, Cursor from, List<Delivered> facts) {
        int factsMax = Math.clamp(request.factsMax(), 1, Limits.NEWS_FACTS_MAX);
        int bytes = 0;
        Cursor to = from;
        for (Map.Entry<TreatmentMonth, Long> month : new TreeMap<>(from.months()).entrySet()) {
            boolean hasNews = head.tip(month.getKey()).position() > month.getValue();
            List<Positioned> found = hasNews
                    ? journal.read(request.clinic(), month.getKey(), month.getValue(), factsMax - facts.size())
                    : List.of();
            for (Positioned each : found) {
                byte[] fact = each.entry().fact();
                if (bytes > 0 && bytes + fact.length > NEWS_BYTES_MAX) {
                    return to;
                }
                bytes += fact.length;
                facts.add(new Delivered(month.getKey(), each.position(), fact));
                to = to.moved(month.getKey(), each.position());
            }
        }
        return to;
    }

    /// Only months that are open stay in a cursor.
    private Cursor start(Request.Wait request, Head head) {
        Cursor cursor = request.cursor();
        Map<TreatmentMonth, Long> months = new TreeMap<>();
        for (TreatmentMonth month : head.tips().keySet()) {
            if (!isClosed(month)) {
                months.put(month, cursor == null ? 0 : cursor.positionIn(month));
            }
        }
        return new Cursor(journal.incarnation(), months);
    }

    private boolean isKnown(Cursor cursor, Head head) {
        return cursor.incarnation().equals(journal.incarnation())
                && cursor.months().entrySet().stream()
                        .allMatch(month -> isClosed(month.getKey())
                                || month.getValue() <= head.tip(month.getKey()).position());
    }

    private boolean isClosed(TreatmentMonth month) {
        TreatmentMonth through = journal.closedThrough();
        return month.isClosedAt(clock.instant()) || through != null && month.compareTo(through) <= 0;
    }
}
