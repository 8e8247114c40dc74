package jp.kakunin.edge.reader;

import java.security.NoSuchAlgorithmException;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;
import jnasmartcardio.Smartcardio;

/// The PC/SC service of the operating system: pcscd on Linux, the smart card service on Windows.
public final class PcscPort implements CardPort {
    private final Smartcardio provider = new Smartcardio();

    /// Every conversation gets its own context, since libpcsclite lets only one thread at a time into each.
    @Override
    public Session open() throws CardTrouble {
        try {
            CardTerminals terminals =
                    TerminalFactory.getInstance("PC/SC", null, provider).terminals();
            return new PcscSession((Smartcardio.JnaCardTerminals) terminals);
        } catch (NoSuchAlgorithmException | LinkageError _) {
            throw new CardTrouble(CardTrouble.Kind.NO_SERVICE, "the PC/SC library is not installed");
        } catch (Smartcardio.EstablishContextException e) {
            throw PcscErrors.trouble("SCardEstablishContext", e.getCause() == null ? e : e.getCause());
        }
    }
}
