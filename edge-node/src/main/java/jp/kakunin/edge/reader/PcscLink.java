package jp.kakunin.edge.reader;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import jnasmartcardio.Smartcardio;

/// A connected card inside a PC/SC transaction. Whatever becomes of this process, pcscd resets the card of a client
/// that held the transaction, so a verified PIN cannot outlive us.
final class PcscLink implements CardPort.Link {
    private static final int ANSWER_BYTES_MAX = 65_538;

    /// The library's public way of sending repeats a command whose answer is `6Cxx` with its last byte changed,
    /// which for VERIFY would be the PIN and a second try; and it asks for further pieces in the class of the
    /// command, which strict cards refuse. So the plain transmit underneath is used, and `GuardedLink` does the
    /// rest.
    private static final MethodHandle TRANSMIT_ONCE = transmitOnce();

    private final Card card;
    private final ExtendedApdu extended;

    private PcscLink(Card card, ExtendedApdu extended) {
        this.card = card;
        this.extended = extended;
    }

    static PcscLink claim(Card card) throws CardTrouble {
        try {
            card.beginExclusive();
            return new PcscLink(card, PcscFeatures.extendedApdu(card));
        } catch (CardException | RuntimeException e) {
            release(card);
            throw PcscErrors.trouble("SCardBeginTransaction", e);
        }
    }

    @Override
    public byte[] transmit(byte[] command) throws CardTrouble {
        ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX);
        return PcscErrors.call("SCardTransmit", () -> {
            try {
                TRANSMIT_ONCE.invoke(card.getBasicChannel(), ByteBuffer.wrap(command), answer);
            } catch (Error | Exception e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            return Arrays.copyOf(answer.array(), answer.position());
        });
    }

    @Override
    public ExtendedApdu extendedApdu() {
        return extended;
    }

    @Override
    public void close() {
        release(card);
    }

    /// Disconnecting with a reset also ends the transaction.
    private static void release(Card card) {
        try {
            card.disconnect(true);
        } catch (CardException | RuntimeException _) {
            // The card or the service is gone, and the PIN state with it.
        }
    }

    private static MethodHandle transmitOnce() {
        try {
            Method method = Smartcardio.JnaCardChannel.class.getDeclaredMethod(
                    "transmitRaw", ByteBuffer.class, ByteBuffer.class);
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("jnasmartcardio has changed: see the reason in PcscLink", e);
        }
    }
}
