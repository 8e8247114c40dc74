package jp.kakunin.load.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/// Redis with an append-only file that is synced before each answer. A fact is a key that is set once.
final class RedisPeer implements Peer {
    static final String PROGRAM = "/usr/bin/redis-server";

    private static final int ANSWER_MILLIS_MAX = 60_000;
    private static final int SCAN_KEYS = 5_000;

    private final Path folder;
    private final int port;
    private @Nullable Server server;

    RedisPeer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = Server.freePort();
    }

    @Override
    public void start() throws Exception {
        Server started = Server.start(
                "redis",
                folder,
                List.of(
                        PROGRAM,
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--save",
                        ""));
        server = started;
        started.await(this::isLoaded);
    }

    @Override
    public Nature nature() {
        try (Jedis jedis = jedis()) {
            String sync = jedis.configGet("appendfsync").get("appendfsync");
            String appends = jedis.configGet("appendonly").get("appendonly");
            String version = jedis.info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .findFirst()
                    .orElse("redis_version:unknown")
                    .substring("redis_version:".length());
            return new Nature(
                    "Redis " + version,
                    "always".equals(sync) && "yes".equals(appends),
                    "CONFIG GET: appendonly " + appends + ", appendfsync " + sync,
                    true,
                    "SET NX, for ever; all facts in memory",
                    false);
        }
    }

    @Override
    public Client connect(int number) {
        Jedis jedis = jedis();
        return new Client() {
            @Override
            public void push(List<Made> facts) {
                Pipeline pipeline = jedis.pipelined();
                for (Made made : facts) {
                    var _ = pipeline.set(
                            Packed.key(made),
                            Packed.value(made),
                            SetParams.setParams().nx());
                }
                // Nothing for one that was there; an error is thrown by none of the two, so it is looked for.
                for (Object answer : pipeline.syncAndReturnAll()) {
                    if (answer instanceof Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                }
            }

            @Override
            public void close() {
                jedis.close();
            }
        };
    }

    @Override
    public void read(Consumer<FactId> visitor) {
        try (Jedis jedis = jedis()) {
            // Scanning may show a key twice; a key cannot be there twice.
            var seen = new HashSet<FactId>();
            byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
            ScanResult<byte[]> page;
            do {
                page = jedis.scan(cursor, new ScanParams().count(SCAN_KEYS));
                page.getResult().stream().map(Packed::id).forEach(seen::add);
                cursor = page.getCursorAsBytes();
            } while (!page.isCompleteIteration());
            seen.forEach(visitor);
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

    private Jedis jedis() {
        return new Jedis("127.0.0.1", port, ANSWER_MILLIS_MAX);
    }

    private boolean isLoaded() {
        try (Jedis jedis = jedis()) {
            return "PONG".equals(jedis.ping());
        } catch (RuntimeException _) {
            return false; // not listening yet, or reading its file
        }
    }
}
