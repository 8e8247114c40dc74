package jp.kakunin.edge.reader;

import java.util.concurrent.Callable;
import javax.smartcardio.CardNotPresentException;
import jnasmartcardio.Smartcardio;

/// What the error numbers of PC/SC mean for us.
final class PcscErrors {
    private PcscErrors() {}

    static CardTrouble trouble(String function, Throwable e) {
        if (e instanceof Smartcardio.JnaPCSCException pcsc) {
            int code = (int) pcsc.code;
            return new CardTrouble(kind(code), String.format("%s 0x%08X", function, code));
        }
        CardTrouble.Kind kind =
                e instanceof CardNotPresentException ? CardTrouble.Kind.REMOVED : CardTrouble.Kind.TRANSPORT;
        return new CardTrouble(kind, function + " " + e.getClass().getSimpleName());
    }

    /// Runs a call of the binding, which throws checked and unchecked exceptions alike.
    static <T> T call(String function, Callable<T> call) throws CardTrouble {
        try {
            return call.call();
        } catch (CardTrouble trouble) {
            throw trouble;
        } catch (Exception e) {
            throw trouble(function, e);
        }
    }

    private static CardTrouble.Kind kind(int code) {
        return switch (code) {
            case 0x8010001D, 0x8010001E, 0x80100013, 0x80100003 -> CardTrouble.Kind.NO_SERVICE;
            case 0x8010006A -> CardTrouble.Kind.ACCESS_DENIED;
            case 0x8010002E, 0x80100009, 0x80100017 -> CardTrouble.Kind.NO_READER;
            case 0x8010000C -> CardTrouble.Kind.NO_CARD;
            case 0x80100069 -> CardTrouble.Kind.REMOVED;
            case 0x8010000B -> CardTrouble.Kind.IN_USE;
            default -> CardTrouble.Kind.TRANSPORT;
        };
    }
}
