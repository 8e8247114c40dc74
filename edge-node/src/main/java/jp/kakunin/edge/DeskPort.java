package jp.kakunin.edge;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import jp.kakunin.edge.disk.PrivateFile;

/// Where the pages of an edge are, before and after its activation: the port of the last start if it is still free, so
/// that open pages find it again, and the secret that lets them send their forms.
record DeskPort(EdgeConfig config) {
    private static final int SECRET_BYTES = 32;

    /// @param server opens that port, or any for 0, and tells which
    int listen(IntFunction<Future<Integer>> server) throws IOException, EdgeStartException {
        int wanted = config.port();
        if (wanted == 0) {
            int kept = keptPort();
            wanted = isFree(kept) ? kept : 0;
        }
        int port;
        try {
            // A server listens once: it cannot be asked again for another port.
            port = server.apply(wanted)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new EdgeStartException(
                    "port " + wanted + " is taken; choose another with --port, or none to get a free one", e);
        }
        PrivateFile.write(config.deskPort(), port + "\n");
        return port;
    }

    byte[] formSecret(RandomGenerator random) throws IOException {
        if (Files.exists(config.formSecret()) && Files.size(config.formSecret()) == SECRET_BYTES) {
            return Files.readAllBytes(config.formSecret());
        }
        byte[] secret = secret(random);
        PrivateFile.write(config.formSecret(), secret);
        return secret;
    }

    static byte[] secret(RandomGenerator random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private int keptPort() throws IOException {
        if (!Files.exists(config.deskPort())) {
            return 0;
        }
        String text = Files.readString(config.deskPort()).strip();
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }
}
