package jp.kakunin.hub.enrolment;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import jp.kakunin.hub.disk.PrivateFile;

/// The ports of a hub, chosen once and kept in `ports.properties`, because devices are told the address at enrolment.
public record Ports(int exchange, int console) {
    public static final int PORT_MAX = 65_535;

    /// Reads the kept ports; a wanted port (not 0) replaces the kept one, and what is in neither is chosen among
    /// the free
    /// ones. The caller holds the setup lock.
    public static Ports keep(Path file, int wantedExchange, int wantedConsole) throws IOException {
        var kept = new Properties();
        if (Files.exists(file)) {
            kept.load(new StringReader(Files.readString(file)));
        }
        int exchange = wantedExchange != 0 ? wantedExchange : port(file, kept, "exchange");
        int console = wantedConsole != 0 ? wantedConsole : port(file, kept, "console");
        if (exchange == 0 && console == 0) {
            try (var first = anyFree();
                    var second = anyFree()) {
                exchange = first.getLocalPort();
                console = second.getLocalPort();
            }
        } else if (exchange == 0) {
            exchange = free();
        } else if (console == 0) {
            console = free();
        }
        var ports = new Ports(exchange, console);
        if (!String.valueOf(exchange).equals(kept.getProperty("exchange"))
                || !String.valueOf(console).equals(kept.getProperty("console"))) {
            PrivateFile.write(file, "exchange=" + exchange + "\nconsole=" + console + "\n");
        }
        return ports;
    }

    public String exchangeUrl() {
        return "https://localhost:" + exchange;
    }

    private static int port(Path file, Properties kept, String name) throws IOException {
        String text = kept.getProperty(name, "0");
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new IOException(file + ": " + name + " must be a port number, is '" + text + "'");
    }

    private static int free() throws IOException {
        try (var socket = anyFree()) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocket anyFree() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
