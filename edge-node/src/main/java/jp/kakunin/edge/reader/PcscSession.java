package jp.kakunin.edge.reader;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import jnasmartcardio.Smartcardio;

/// One PC/SC context.
final class PcscSession implements CardPort.Session {
    private final Smartcardio.JnaCardTerminals terminals;
    private boolean primed;

    PcscSession(Smartcardio.JnaCardTerminals terminals) {
        this.terminals = terminals;
    }

    @Override
    public List<CardPort.Slot> slots() throws CardTrouble {
        return slots(Set.of());
    }

    @Override
    public List<CardPort.Slot> await(long millisMax) throws CardTrouble {
        boolean changed =
                PcscErrors.call("SCardGetStatusChange", () -> terminals.waitForChange(primed ? millisMax : 1));
        Set<String> inserted = new HashSet<>();
        if (changed || !primed) {
            inserted.addAll(names(CardTerminals.State.CARD_INSERTION));
        }
        primed = true;
        return slots(inserted);
    }

    @Override
    public CardPort.Link connect(String reader) throws CardTrouble {
        CardTerminal terminal = PcscErrors.call("SCardListReaders", () -> terminals.getTerminal(reader));
        if (terminal == null) {
            throw new CardTrouble(CardTrouble.Kind.NO_READER, "the reader is gone");
        }
        Card card = PcscErrors.call("SCardConnect", () -> connect(terminal));
        return PcscLink.claim(card);
    }

    /// A dead context cannot be closed without complaint, but only closing it frees its socket.
    @Override
    public void close() {
        try {
            terminals.close();
        } catch (CardException | RuntimeException _) {
            // Freed all the same.
        }
    }

    /// My Number cards speak T=1; some contactless readers only offer what they call otherwise.
    private static Card connect(CardTerminal terminal) throws CardException {
        try {
            return terminal.connect("T=1");
        } catch (Smartcardio.JnaPCSCException e) {
            if ((int) e.code != 0x8010000F) {
                throw e;
            }
            return terminal.connect("*");
        }
    }

    private List<CardPort.Slot> slots(Set<String> inserted) throws CardTrouble {
        Set<String> present = new HashSet<>(names(CardTerminals.State.CARD_PRESENT));
        return names(CardTerminals.State.ALL).stream()
                .map(name -> new CardPort.Slot(name, present.contains(name), inserted.contains(name)))
                .toList();
    }

    private List<String> names(CardTerminals.State state) throws CardTrouble {
        return PcscErrors.call(
                "SCardListReaders",
                () -> terminals.list(state).stream().map(CardTerminal::getName).toList());
    }
}
