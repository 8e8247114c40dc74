package jp.kakunin.load.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The line between edges and their hub, with somebody at the plug. It carries TLS unseen, so it cannot change a
/// message:
/// it can only be slow, deaf or gone.
public final class Proxy implements AutoCloseable {
    private static final int WAITING_MAX = 1_024;

    private final ServerSocket server;
    private final int target;
    private final Pause pause;
    private final Set<Socket> hubs = ConcurrentHashMap.newKeySet();
    private final Set<Socket> edges = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesUntilRepliesAreLost = new AtomicLong(Long.MAX_VALUE);
    private volatile boolean plugged = true;
    private volatile boolean repliesLost;
    private volatile Duration delay = Duration.ZERO;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile Duration slowClose = Duration.ZERO;

    private Proxy(ServerSocket server, int target, Pause pause) {
        this.server = server;
        this.target = target;
        this.pause = pause;
    }

    public static Proxy to(int port) throws IOException {
        return to(port, Pause.REAL);
    }

    static Proxy to(int port, Pause pause) throws IOException {
        var proxy = new Proxy(new ServerSocket(0, WAITING_MAX, InetAddress.getLoopbackAddress()), port, pause);
        Thread.ofPlatform().daemon().name("proxy").start(proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Cuts every connection and takes no other.
    public void unplug() {
        plugged = false;
        cut();
    }

    /// Everything is well again, for connections that are whole: one that lost replies has a hole and must be
    /// [#cut].
    public void plug() {
        bytesUntilRepliesAreLost.set(Long.MAX_VALUE);
        repliesLost = false;
        delay = Duration.ZERO;
        bytesPerSecond = Long.MAX_VALUE;
        slowClose = Duration.ZERO;
        plugged = true;
    }

    /// From now on the hub hears everything and nothing of what it says arrives.
    public void loseReplies() {
        repliesLost = true;
    }

    /// Like [#loseReplies], but only from when edges have said so much more.
    public void loseRepliesAfter(int bytes) {
        bytesUntilRepliesAreLost.set(bytes);
    }

    /// Everything arrives that much later, in both directions; more can be on the way meanwhile.
    public void delay(Duration by) {
        delay = by;
    }

    /// For each connection and direction.
    public void limit(long bytesPerSecondMax) {
        if (bytesPerSecondMax < 1) {
            throw new IllegalArgumentException("a line carries at least 1 byte per second, was " + bytesPerSecondMax);
        }
        bytesPerSecond = bytesPerSecondMax;
    }

    /// When one side closes, the other hears of it only that much later.
    public void closeSlowly(Duration later) {
        slowClose = later;
    }

    public void cut() {
        edges.forEach(Proxy::close);
        edges.clear();
        hubs.forEach(Proxy::close);
        hubs.clear();
    }

    /// Only the hub's side of every connection; when edges hear of it is another matter.
    public void cutAtHub() {
        hubs.forEach(Proxy::close);
    }

    @Override
    public void close() throws IOException {
        server.close();
        unplug();
    }

    Pause pause() {
        return pause;
    }

    Duration delay() {
        return delay;
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    /// Whether these bytes end here: what edges say always goes on, what the hub says may not.
    boolean swallows(boolean reply, int length) {
        if (!reply && bytesUntilRepliesAreLost.addAndGet(-length) <= 0) {
            repliesLost = true;
        }
        return reply && repliesLost;
    }

    void ended(Socket from, Socket to) throws InterruptedException {
        end(from);
        if (plugged && !slowClose.isZero()) {
            pause.nanos(slowClose.toNanos());
        }
        end(to);
    }

    private void end(Socket socket) {
        edges.remove(socket);
        hubs.remove(socket);
        close(socket);
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
        edge.setTcpNoDelay(true);
        hub.setTcpNoDelay(true);
        edges.add(edge);
        hubs.add(hub);
        new Lane(this, edge, hub, false).start();
        new Lane(this, hub, edge, true).start();
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Cut it is.
        }
    }
}
