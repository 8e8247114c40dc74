package jp.kakunin.edge.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import jp.kakunin.edge.doctor.WayToHub.Reached;

/// The first lines of an answer without TLS, where none should be: a sign-in page or a proxy sits in the line.
///
/// @param status of the answer
/// @param hint where it sends us, or what it calls itself; empty when it says neither
record PlainHttp(int status, String hint) {
    private static final int WAIT_MILLIS_MAX = 3_000;
    private static final int LINES_MAX = 50;
    private static final int PROXY_WANTS_A_NAME = 407;
    private static final int NETWORK_WANTS_A_NAME = 511;

    static Optional<PlainHttp> ask(InetAddress address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), WAIT_MILLIS_MAX);
            socket.setSoTimeout(WAIT_MILLIS_MAX);
            socket.getOutputStream().write(question(address).getBytes(StandardCharsets.US_ASCII));
            return read(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String question(InetAddress address) {
        return "GET / HTTP/1.1\r\nHost: " + address.getHostAddress() + "\r\nConnection: close\r\n\r\n";
    }

    private static Optional<PlainHttp> read(BufferedReader lines) throws IOException {
        String first = lines.readLine();
        if (first == null || !first.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            return Optional.empty();
        }
        int status = Integer.parseInt(first.substring(9, 12));
        String hint = "";
        for (int n = 0; n < LINES_MAX && hint.isEmpty(); n++) {
            String line = lines.readLine();
            if (line == null || line.isEmpty()) {
                break;
            }
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("location:") || lower.startsWith("via:") || lower.startsWith("proxy-authenticate:")) {
                hint = line;
            }
        }
        return Optional.of(new PlainHttp(status, hint));
    }

    /// @param hub whose web server, if it has one, may send callers on to itself
    /// @param otherwise what is wrong when this answer explains nothing
    Reached inTheWay(String hub, Reached otherwise) {
        String detail = "status " + status + " without TLS" + (hint.isEmpty() ? "" : ", " + hint);
        String lower = hint.toLowerCase(Locale.ROOT);
        if (status == PROXY_WANTS_A_NAME || lower.startsWith("via:") || lower.startsWith("proxy-")) {
            return new Reached.Broken(Fault.PROXY, detail);
        }
        boolean sendsAway = status / 100 == 3 && lower.startsWith("location:") && !lower.contains("//" + hub);
        return status == NETWORK_WANTS_A_NAME || sendsAway ? new Reached.Broken(Fault.SIGN_IN_PAGE, detail) : otherwise;
    }

    /// The same where an answer without TLS is always somebody else's.
    Reached inTheHubsPlace(String hub, Reached otherwise) {
        Reached found = inTheWay(hub, otherwise);
        return found.equals(otherwise)
                ? new Reached.Broken(Fault.SIGN_IN_PAGE, "status " + status + " without TLS")
                : found;
    }
}
