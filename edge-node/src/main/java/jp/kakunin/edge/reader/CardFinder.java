package jp.kakunin.edge.reader;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Knows which reader holds the patient's card, when a clinic has more than one.
final class CardFinder {
    /// What a look at the card showed.
    enum Seen {
        MY_NUMBER,
        ANOTHER,
        UNREADABLE,
        IN_USE
    }

    private final String namePart;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, ExtendedApdu> extended = new ConcurrentHashMap<>();

    CardFinder(String namePart) {
        this.namePart = namePart;
    }

    boolean ours(CardPort.Slot slot) {
        return slot.reader().contains(namePart);
    }

    Map<String, Seen> seen() {
        return seen;
    }

    ExtendedApdu extended(String reader) {
        return extended.getOrDefault(reader, ExtendedApdu.UNKNOWN);
    }

    void learn(String reader, ExtendedApdu capability) {
        if (extended(reader) == ExtendedApdu.UNKNOWN) {
            extended.put(reader, capability);
        }
    }

    void learnRefused(String reader) {
        extended.put(reader, ExtendedApdu.NO);
    }

    /// The reader to read from. With several cards on several readers, the one My Number card among them.
    String choose(List<CardPort.Slot> slots) throws Refusal {
        List<CardPort.Slot> readers = slots.stream().filter(this::ours).toList();
        if (readers.isEmpty()) {
            throw new Refusal(ReaderFault.NO_READER, slots.size() + " readers, none with the configured name");
        }
        List<String> cards = readers.stream()
                .filter(CardPort.Slot::cardPresent)
                .map(CardPort.Slot::reader)
                .toList();
        if (cards.isEmpty()) {
            throw new Refusal(ReaderFault.NO_CARD, readers.size() + " readers, no card");
        }
        if (cards.size() == 1) {
            return cards.getFirst();
        }
        List<String> patients =
                cards.stream().filter(r -> seen.get(r) == Seen.MY_NUMBER).toList();
        if (patients.size() != 1) {
            throw new Refusal(
                    ReaderFault.SEVERAL_CARDS,
                    cards.size() + " cards, " + patients.size() + " of them My Number cards");
        }
        return patients.getFirst();
    }
}
