package jp.kakunin.hub.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.JournalBrokenException;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.journal.JournalEntry.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What devices sent and the hub set aside, as operators are told of it: never what is in it.
final class Quarantine {
    static final int ITEMS_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private static final Comparator<Item> NEWEST_FIRST = Comparator.comparing(Item::receivedAt)
            .thenComparing(Item::clinic)
            .thenComparingLong(Item::position)
            .reversed();

    private final Journal journal;
    private final Executor reader;

    Quarantine(Journal journal, Executor reader) {
        this.journal = journal;
        this.reader = reader;
    }

    /// @param month of receipt
    /// @param origin the stream that brought it
    record Item(
            InstitutionCode clinic,
            TreatmentMonth month,
            long position,
            Instant receivedAt,
            @Nullable Origin origin,
            QuarantineReason reason,
            Digest content) {
        /// What an operator does about it. The clinic is told its own part at the desk.
        String remedy(Language language) {
            return Texts.text(language, "remedy." + reason);
        }
    }

    /// The newest first.
    ///
    /// @param more there are more than are listed
    record Items(List<Item> items, boolean more) {}

    /// @param clinic null for all clinics
    CompletableFuture<Items> of(@Nullable InstitutionCode clinic) {
        return CompletableFuture.supplyAsync(() -> read(clinic), reader);
    }

    /// Of one clinic and month, the newest last.
    private record Places(InstitutionCode clinic, TreatmentMonth month, NavigableSet<Long> positions) {}

    /// The newest of each clinic, merged by the time of receipt; of most nothing but the newest is read.
    private Items read(@Nullable InstitutionCode clinic) {
        NavigableMap<TreatmentMonth, Map<InstitutionCode, Places>> months = new TreeMap<>();
        journal.forEachQuarantined(clinic, each -> {
            if (!each.isTaken()) {
                NavigableSet<Long> positions = months.computeIfAbsent(each.month(), _ -> new HashMap<>())
                        .computeIfAbsent(each.clinic(), of -> new Places(of, each.month(), new TreeSet<>()))
                        .positions();
                positions.add(each.position());
                if (positions.size() > ITEMS_MAX + 1) {
                    var _ = positions.pollFirst();
                }
            }
            return true;
        });
        List<Item> items = new ArrayList<>();
        for (Map<InstitutionCode, Places> month : months.descendingMap().values()) {
            Queue<Item> newest = new PriorityQueue<>(NEWEST_FIRST);
            month.values().forEach(places -> addNewest(places, newest));
            for (Item item = newest.poll(); item != null; item = newest.poll()) {
                if (items.size() == ITEMS_MAX) {
                    return new Items(items, true);
                }
                items.add(item);
                addNewest(Objects.requireNonNull(month.get(item.clinic())), newest);
            }
        }
        return new Items(items, false);
    }

    private void addNewest(Places places, Queue<Item> items) {
        for (Long at = places.positions().pollLast();
                at != null;
                at = places.positions().pollLast()) {
            Item found = item(places, at);
            if (found != null) {
                items.add(found);
                return;
            }
        }
    }

    /// Null if its month was closed meanwhile, or if what says why cannot be read.
    private @Nullable Item item(Places of, long position) {
        try {
            for (Positioned why : journal.read(of.clinic(), of.month(), position - 1, 1)) {
                if (FactCodec.decode(why.entry().fact()) instanceof Decoded.Known(Fact.Quarantined set)) {
                    return new Item(
                            of.clinic(),
                            of.month(),
                            why.position(),
                            why.entry().receivedAt(),
                            why.entry().origin(),
                            set.reason(),
                            set.content());
                }
            }
        } catch (JournalBrokenException e) {
            LOG.error("position {} of clinic {} in {} cannot be read", position, of.clinic(), of.month(), e);
        }
        return null;
    }
}
