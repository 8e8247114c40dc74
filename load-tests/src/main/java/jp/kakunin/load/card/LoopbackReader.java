package jp.kakunin.load.card;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import jp.kakunin.edge.reader.CardPort;
import jp.kakunin.edge.reader.CardTrouble;

/// A reader in memory on which other processes of this machine lay cards, in the way they do with the vpcd driver:
/// `VpcdLink.insert(reader.port(), card)`. It stands in for the PC/SC stack where there is none, and listens on the
/// loopback interface only.
public final class LoopbackReader implements CardPort, AutoCloseable {
    private static final int WAITING_CARDS_MAX = 4;

    private final ServerSocket server;
    private final InProcessReader reader = new InProcessReader("Loopback reader");

    private LoopbackReader(ServerSocket server) {
        this.server = server;
    }

    /// @param port 0 for any free one
    public static LoopbackReader listen(int port) throws IOException {
        ServerSocket server = new ServerSocket(port, WAITING_CARDS_MAX, InetAddress.getLoopbackAddress());
        LoopbackReader loopback = new LoopbackReader(server);
        Thread.ofPlatform().daemon().name("loopback-reader").start(loopback::serve);
        return loopback;
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public Session open() throws CardTrouble {
        return reader.open();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException _) {
            // It listens no more.
        }
        reader.remove();
    }

    /// One card after the other; the next one waits until this one is taken away.
    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                new RemoteChip(socket).lieOn(reader);
            } catch (IOException _) {
                // That card is gone, or the reader is closed.
            }
        }
    }

    /// A card at the other end of a connection.
    private static final class RemoteChip implements Chip {
        private static final byte[] RESET = {2};
        private static final int ANSWERS_MAX = 16;

        private final Socket socket;
        private final BlockingQueue<CardReply> answers = new LinkedBlockingQueue<>(ANSWERS_MAX);

        RemoteChip(Socket socket) {
            this.socket = socket;
        }

        /// Returns when the card is taken away.
        void lieOn(InProcessReader reader) throws IOException {
            reader.insert(this);
            try (DataInputStream in = new DataInputStream(socket.getInputStream())) {
                while (true) {
                    int length = in.readUnsignedShort();
                    byte[] answer = in.readNBytes(length);
                    if (answer.length < length || !answers.offer(new CardReply.Bytes(answer))) {
                        return;
                    }
                }
            } finally {
                answers.offer(new CardReply.Torn());
                reader.remove();
            }
        }

        @Override
        public CardReply process(byte[] command) {
            try {
                send(command);
                return answers.take();
            } catch (IOException _) {
                return new CardReply.Torn();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return new CardReply.Torn();
            }
        }

        @Override
        public void reset() {
            try {
                send(RESET);
            } catch (IOException _) {
                // A card that is gone has forgotten everything.
            }
        }

        private synchronized void send(byte[] payload) throws IOException {
            VpcdLink.write(socket.getOutputStream(), payload);
        }
    }
}
