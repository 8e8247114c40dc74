package jp.kakunin.load.peers;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.StreamContext;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.jspecify.annotations.Nullable;

/// NATS JetStream on files. Versions before 2.10 know no way to sync before they acknowledge.
final class NatsPeer implements Peer {
    static final String PROGRAM = "/usr/sbin/nats-server";

    private static final String STREAM = "facts";
    private static final String SUBJECT = STREAM + ".";
    private static final String ID = "Nats-Msg-Id";
    private static final String SYNC = "sync_interval: always";
    private static final Duration DEDUP_WINDOW = Duration.ofHours(1);
    private static final long ANSWER_SECONDS_MAX = 60;

    private final Path folder;
    private final int port;
    private final int monitor;
    private @Nullable Server server;

    NatsPeer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = Server.freePort();
        this.monitor = Server.freePort();
    }

    @Override
    public void start() throws Exception {
        Path configuration = folder.resolve("nats.conf");
        write(configuration, SYNC);
        if (!isTaken(configuration)) {
            write(configuration, "");
        }
        Server started = Server.start("nats", folder, List.of(PROGRAM, "-c", configuration.toString()));
        server = started;
        started.await(this::hasStream);
    }

    @Override
    public Nature nature() throws IOException {
        JsonObject kept = ask("/jsz").getJsonObject("config", new JsonObject());
        boolean synced = kept.getBoolean("sync_always", false);
        return new Nature(
                "NATS " + ask("/varz").getString("version"),
                synced,
                synced
                        ? "/jsz: sync_always true"
                        : "/jsz: no sync_always; this version refuses \"" + SYNC + "\" (2.10 and newer take it)",
                true,
                "Nats-Msg-Id, for " + DEDUP_WINDOW.toHours() + " h, in memory",
                false);
    }

    @Override
    public Client connect(int number) throws Exception {
        Connection connection = open();
        JetStream stream = connection.jetStream();
        return new Client() {
            @Override
            public void push(List<Made> facts) throws Exception {
                List<CompletableFuture<PublishAck>> sent = new ArrayList<>(facts.size());
                for (Made made : facts) {
                    PublishOptions options = PublishOptions.builder()
                            .messageId(made.id().value().toString())
                            .build();
                    sent.add(stream.publishAsync(SUBJECT + number, Packed.value(made), options));
                }
                for (CompletableFuture<PublishAck> each : sent) {
                    var _ = each.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
                }
            }

            @Override
            public void close() throws InterruptedException {
                connection.close();
            }
        };
    }

    @Override
    public void read(Consumer<FactId> visitor) throws Exception {
        try (Connection connection = open()) {
            StreamContext stream = connection.getStreamContext(STREAM);
            long left = stream.getStreamInfo().getStreamState().getMsgCount();
            var ordered = stream.createOrderedConsumer(new OrderedConsumerConfiguration().headersOnly(true));
            try (IterableConsumer messages = ordered.iterate()) {
                for (; left > 0; left--) {
                    Message message = messages.nextMessage(Duration.ofSeconds(ANSWER_SECONDS_MAX));
                    if (message == null) {
                        throw new IOException("the stream tells of " + left + " more facts than it gives");
                    }
                    visitor.accept(
                            new FactId(UUID.fromString(message.getHeaders().getFirst(ID))));
                }
            }
        }
    }

    @Override
    public long cpuNanos() {
        return server == null ? 0 : server.cpuNanos();
    }

    @Override
    public void kill() {
        if (server != null) {
            server.kill();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private void write(Path configuration, String sync) throws IOException {
        Files.writeString(configuration, """
                listen: "127.0.0.1:%d"
                http: "127.0.0.1:%d"
                jetstream {
                  store_dir: "%s"
                  %s
                }
                """.formatted(port, monitor, folder.resolve("store"), sync));
    }

    private static boolean isTaken(Path configuration) throws IOException, InterruptedException {
        Process check = new ProcessBuilder(PROGRAM, "-t", "-c", configuration.toString())
                .redirectErrorStream(true)
                .start();
        var _ = check.getInputStream().readAllBytes();
        return check.waitFor() == 0;
    }

    /// The stream is made with the first start and found again by the others.
    private boolean hasStream() {
        try (Connection connection = open()) {
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name(STREAM)
                            .subjects(SUBJECT + "*")
                            .storageType(StorageType.File)
                            .duplicateWindow(DEDUP_WINDOW)
                            .build());
            return true;
        } catch (IOException | JetStreamApiException _) {
            return false; // not listening yet, or reading its store
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Connection open() throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .server("nats://127.0.0.1:" + port)
                .noReconnect()
                .errorListener(new ErrorListener() {}) // who waits is told, and it would tell everybody else
                .build());
    }

    private JsonObject ask(String path) throws IOException {
        try (var body = URI.create("http://127.0.0.1:" + monitor + path).toURL().openStream()) {
            return new JsonObject(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
