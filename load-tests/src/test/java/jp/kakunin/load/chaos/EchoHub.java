package jp.kakunin.load.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Stands for a hub: notes each line it hears and replies `held LINE`; at `bye` it closes.
final class EchoHub implements AutoCloseable {
    private final ServerSocket server;
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private EchoHub(ServerSocket server) {
        this.server = server;
    }

    static EchoHub start() throws IOException {
        var hub = new EchoHub(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(hub::accept);
        return hub;
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket edge = server.accept();
                Thread.ofVirtual().start(() -> listen(edge));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void listen(Socket edge) {
        try (edge;
                var in = new BufferedReader(new InputStreamReader(edge.getInputStream(), StandardCharsets.UTF_8));
                var out = new OutputStreamWriter(edge.getOutputStream(), StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null && !line.equals("bye"); line = in.readLine()) {
                out.write("held " + line + "\n");
                out.flush();
                heard.add(line);
            }
        } catch (IOException _) {
            // The line was cut.
        }
    }
}
