package jp.kakunin.load.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Kafka as one node that is broker and controller, made to sync each batch, which it does not do by itself.
final class KafkaPeer implements Peer {
    private static final String HEAP = "1g";
    private static final String TOPIC = "facts";
    private static final int PARTITIONS = 16;
    private static final String FLUSH = "flush.messages";
    private static final Duration POLL = Duration.ofMillis(200);
    /// Longer than any push takes: a batch goes when the push says so, not earlier.
    private static final int GATHER_MILLIS = 10_000;

    private final Path folder;
    private final int port;
    private final int controller;
    private @Nullable Server server;

    KafkaPeer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = Server.freePort();
        this.controller = Server.freePort();
    }

    @Override
    public void start() throws Exception {
        Path properties = folder.resolve("server.properties");
        if (!Files.exists(properties)) {
            Files.writeString(properties, properties());
            run("kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString());
        }
        Server started =
                Server.start("kafka", folder, Server.java(HEAP, "kafka.Kafka", List.of(), properties.toString()));
        server = started;
        started.await(() -> Server.listens(port));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            if (!admin.listTopics().names().get().contains(TOPIC)) {
                var _ = admin.createTopics(
                                List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1).configs(Map.of(FLUSH, "1"))))
                        .all()
                        .get();
            }
        }
    }

    @Override
    public Nature nature() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
            String flush = Objects.requireNonNull(
                            admin.describeConfigs(List.of(topic)).all().get().get(topic))
                    .get(FLUSH)
                    .value();
            return new Nature(
                    "Kafka " + version(),
                    "1".equals(flush),
                    "describeConfigs: " + FLUSH + " " + flush + "; its users rely on replicas instead",
                    false,
                    "only of what a living producer itself repeats; what is sent again is kept again",
                    false);
        }
    }

    @Override
    public Client connect(int number) {
        var producer = new KafkaProducer<byte[], byte[]>(
                Map.of(
                        "bootstrap.servers",
                        address(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "batch.size",
                        1 << 20,
                        "linger.ms",
                        GATHER_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        return new Client() {
            @Override
            public void push(List<Made> facts) throws ExecutionException, InterruptedException {
                List<Future<RecordMetadata>> sent = new ArrayList<>(facts.size());
                for (Made made : facts) {
                    sent.add(producer.send(
                            new ProducerRecord<>(TOPIC, number % PARTITIONS, Packed.key(made), Packed.value(made))));
                }
                producer.flush();
                for (Future<RecordMetadata> each : sent) {
                    var _ = each.get();
                }
            }

            @Override
            public void close() {
                producer.close(Duration.ZERO);
            }
        };
    }

    @Override
    public void read(Consumer<FactId> visitor) {
        List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                .mapToObj(each -> new TopicPartition(TOPIC, each))
                .toList();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", address()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(POLL).forEach(each -> visitor.accept(Packed.id(each.key())));
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

    /// Server and client are of one release.
    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            properties.load(Objects.requireNonNull(stream));
        }
        return properties.getProperty("version", "unknown");
    }

    private String address() {
        return "127.0.0.1:" + port;
    }

    private String properties() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                log.flush.interval.messages=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                """.formatted(port, controller, folder.resolve("log"));
    }

    private void run(String main, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Server.java("256m", main, List.of(), arguments))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(main + ": " + said);
        }
    }
}
