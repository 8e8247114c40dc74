package jp.kakunin.hub.console;

import java.time.Instant;
import java.util.ArrayList;
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

/// What a clinic's devices sent and the hub set aside, read from the clinic's own facts: an operator looks rarely, so
/// no
/// list is kept.
final class Quarantine {
    static final int ITEMS_MAX = 1_000;

    private static final int READ_FACTS = 500;

    private final Journal journal;
    private final Executor reader;

    Quarantine(Journal journal, Executor reader) {
        this.journal = journal;
        this.reader = reader;
    }

    /// @param month of receipt
    /// @param origin the stream that brought it
    record Item(
            TreatmentMonth month,
            long position,
            Instant receivedAt,
            @Nullable Origin origin,
            QuarantineReason reason,
            Digest content) {
        /// What an operator does about it. The clinic is told its own part at the desk.
        String remedy() {
            return switch (reason) {
                case UNREADABLE ->
                    "a fault of the device or of the line: update the device; the clinic records it again";
                case UNKNOWN_SCHEMA ->
                    "the device is newer than this hub: update the hub; it takes effect when the"
                            + " device offers it again in a new stream";
                case WRONG_CLINIC -> "check which clinics the device is enrolled for";
                case CLOCK_DOUBTFUL -> "the device's clock was in doubt and the month is closed: have its clock set";
                case FUTURE_DATE -> "the device's clock is ahead: have it set; the clinic records the visit again";
                case TOO_LARGE -> "a fact or a patient-month beyond the limits: look for a fault of the device";
                case NOT_AN_EDGE_FACT -> "no device sends this by itself: find out what runs there";
                case FORGED_ANSWER ->
                    "an answer that this hub did not give, or gave with an older answer-seal.key: find" + " out which";
                case DEVICE_REVOKED -> "recorded on a device that was revoked: ask the clinic what of it is true";
            };
        }
    }

    /// @param more there are more than are listed
    record Items(List<Item> items, boolean more) {}

    CompletableFuture<Items> of(InstitutionCode clinic) {
        return CompletableFuture.supplyAsync(() -> read(clinic), reader);
    }

    private Items read(InstitutionCode clinic) {
        List<Item> items = new ArrayList<>();
        for (TreatmentMonth month : journal.head(clinic).tips().keySet()) {
            List<Positioned> facts = journal.read(clinic, month, 0, READ_FACTS);
            while (!facts.isEmpty()) {
                for (Positioned each : facts) {
                    if (FactCodec.decode(each.entry().fact()) instanceof Decoded.Known(Fact.Quarantined set)) {
                        if (items.size() == ITEMS_MAX) {
                            return new Items(items, true);
                        }
                        items.add(new Item(
                                month,
                                each.position(),
                                each.entry().receivedAt(),
                                each.entry().origin(),
                                set.reason(),
                                set.content()));
                    }
                }
                facts = journal.read(clinic, month, facts.getLast().position(), READ_FACTS);
            }
        }
        return new Items(items, false);
    }
}
