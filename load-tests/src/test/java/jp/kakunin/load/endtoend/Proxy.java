package jp.kakunin.load.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The line between an edge and its hub, with somebody at the plug. It carries TLS unseen.
final class Proxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int WAITING_MAX = 16;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean plugged = true;
    private final AtomicLong bytesUntilRepliesAreLost = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean repliesLost;

    private Proxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static Proxy to(int port) throws IOException {
        var proxy = new Proxy(new ServerSocket(0, WAITING_MAX, InetAddress.getLoopbackAddress()), port);
        Thread.ofPlatform().daemon().name("proxy").start(proxy::accept);
        return proxy;
    }

    int port() {
        return server.getLocalPort();
    }

    /// Cuts every connection and takes no other.
    void unplug() {
        plugged = false;
        cut();
    }

    void plug() {
        bytesUntilRepliesAreLost.set(Long.MAX_VALUE);
        repliesLost = false;
        plugged = true;
    }

    /// From now on the hub hears everything and nothing of what it says arrives.
    void loseReplies() {
        repliesLost = true;
    }

    /// Like [#loseReplies], but only from when edges have said so much more.
    void loseRepliesAfter(int bytes) {
        bytesUntilRepliesAreLost.set(bytes);
    }

    void cut() {
        sockets.forEach(Proxy::close);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        unplug();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket edge = server.accept();
                if (plugged) {
                    connect(edge);
                } else {
                    close(edge);
                }
            } catch (IOException _) {
                // The hub is not there: the edge sees its connection closed.
            }
        }
    }

    private void connect(Socket edge) throws IOException {
        Socket hub;
        try {
            hub = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            close(edge);
            throw e;
        }
        sockets.add(edge);
        sockets.add(hub);
        Thread.ofPlatform().daemon().name("proxy-up").start(() -> carry(edge, hub, false));
        Thread.ofPlatform().daemon().name("proxy-down").start(() -> carry(hub, edge, true));
    }

    private void carry(Socket from, Socket to, boolean replies) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!replies && bytesUntilRepliesAreLost.addAndGet(-length) <= 0) {
                    repliesLost = true;
                }
                if (!(replies && repliesLost)) {
                    out.write(buffer, 0, length);
                }
            }
        } catch (IOException _) {
            // Cut by us or ended by either side.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Cut it is.
        }
    }
}
