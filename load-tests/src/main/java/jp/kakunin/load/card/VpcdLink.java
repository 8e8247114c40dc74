package jp.kakunin.load.card;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import jdk.net.ExtendedSocketOptions;

/// A card lying on a reader of the vpcd driver: connecting is putting it down, closing is taking it away.
///
/// Each message is a length (u16) and that many bytes. From the driver, one byte is a control (0 off, 1 on, 2 reset,
/// 4 tell the ATR) and more are a command. Only commands and control 4 are answered.
public final class VpcdLink implements AutoCloseable {
    public static final int FIRST_PORT = 0x8C7B;

    private static final int CONNECT_MILLIS_MAX = 2_000;
    private static final int CONTROL_ATR = 4;

    private final Socket socket;
    private final VirtualCard card;

    private VpcdLink(Socket socket, VirtualCard card) {
        this.socket = socket;
        this.card = card;
    }

    /// Puts the card on the reader whose driver listens on that port of this machine.
    @SuppressWarnings("AddressSelection") // the loopback address is meant, not a name
    public static VpcdLink insert(int port, VirtualCard card) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS_MAX);
        } catch (IOException e) {
            socket.close();
            throw new IOException("no virtual reader listens on port " + port, e);
        }
        VpcdLink link = new VpcdLink(socket, card);
        Thread.ofPlatform().daemon().name("virtual-card-" + port).start(link::serve);
        return link;
    }

    public boolean inserted() {
        return !socket.isClosed();
    }

    /// Takes the card away.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // Away it is.
        }
        card.reset();
    }

    private void serve() {
        try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
            while (true) {
                int length = in.readUnsignedShort();
                // Debian's vpcd writes length and payload apart; without an early ACK each command waits 40 ms.
                socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
                byte[] message = in.readNBytes(length);
                if (message.length < length) {
                    throw new EOFException();
                }
                if (!answer(message)) {
                    return;
                }
            }
        } catch (IOException _) {
            // Closed by us, or the driver is gone: either way the card no longer lies there.
        } finally {
            close();
        }
    }

    private boolean answer(byte[] message) throws IOException {
        if (message.length == 1) {
            if (message[0] == CONTROL_ATR) {
                send(card.atr());
            } else {
                card.reset();
            }
            return true;
        }
        return switch (card.process(message)) {
            case CardReply.Bytes(byte[] answer) -> {
                send(answer);
                yield true;
            }
            case CardReply.Mute() -> true;
            case CardReply.Torn(), CardReply.Lost() -> false;
        };
    }

    private void send(byte[] payload) throws IOException {
        write(socket.getOutputStream(), payload);
    }

    /// Length and payload in one write, so that they travel together.
    static void write(OutputStream out, byte[] payload) throws IOException {
        byte[] message = new byte[payload.length + 2];
        message[0] = (byte) (payload.length >> 8);
        message[1] = (byte) payload.length;
        System.arraycopy(payload, 0, message, 2, payload.length);
        out.write(message);
    }
}
