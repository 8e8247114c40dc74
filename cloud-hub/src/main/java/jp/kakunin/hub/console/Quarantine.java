package jp.kakunin.hub.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.journal.JournalEntry.Origin;
import org.jspecify.annotations.Nullable;

/// What devices sent and the hub set aside, as operators are told of it: never what is in it.
final class Quarantine {
    static final int ITEMS_MAX = 1_000;

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

    private record Place(InstitutionCode clinic, TreatmentMonth month, long position) {}

    private Items read(@Nullable InstitutionCode clinic) {
        List<Place> places = new ArrayList<>();
        journal.forEachQuarantined(clinic, each -> {
            if (!each.isTaken()) {
                places.add(new Place(each.clinic(), each.month(), each.position()));
            }
            return places.size() <= ITEMS_MAX;
        });
        List<Item> items = new ArrayList<>();
        for (Place place : places.subList(0, Math.min(places.size(), ITEMS_MAX))) {
            // None, if its month was closed meanwhile.
            for (Positioned why : journal.read(place.clinic(), place.month(), place.position() - 1, 1)) {
                if (FactCodec.decode(why.entry().fact()) instanceof Decoded.Known(Fact.Quarantined set)) {
                    items.add(new Item(
                            place.clinic(),
                            place.month(),
                            why.position(),
                            why.entry().receivedAt(),
                            why.entry().origin(),
                            set.reason(),
                            set.content()));
                }
            }
        }
        items.sort(Comparator.comparing(Item::receivedAt)
                .thenComparing(Item::clinic)
                .thenComparingLong(Item::position)
                .reversed());
        return new Items(items, places.size() > ITEMS_MAX);
    }
}
