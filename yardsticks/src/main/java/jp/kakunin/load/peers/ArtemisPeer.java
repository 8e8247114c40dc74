package jp.kakunin.load.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.SendAcknowledgementHandler;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/// Apache Artemis with a journal synced before it confirms, and its duplicate detection. A queue for each clinic.
/// Sends are confirmed one by one and not put into a transaction: one duplicate would undo all of it.
final class ArtemisPeer implements Peer {
    private static final String HEAP = "1g";
    private static final long ANSWER_SECONDS_MAX = 60;
    private static final int UNCONFIRMED_BYTES_MAX = 16 << 20;
    private static final long NEXT_MILLIS_MAX = 10_000;

    private final Path folder;
    private final int port;
    private final Set<Integer> clients = new ConcurrentSkipListSet<>();
    private @Nullable Server server;

    ArtemisPeer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = Server.freePort();
    }

    @Override
    public void start() throws Exception {
        long before = starts();
        Server started = Server.start(
                "artemis", folder, Server.java(HEAP, ArtemisServer.class, folder.toString(), String.valueOf(port)));
        server = started;
        started.await(() -> starts() > before && Server.listens(port));
    }

    @Override
    public Nature nature() throws IOException {
        String running = said().getLast().substring("running ".length());
        return new Nature(
                "Artemis " + running.substring(0, running.indexOf(';')),
                running.contains("datasync true") && running.contains("syncs sends true"),
                "its configuration at run time: " + running.substring(running.indexOf(';') + 2),
                true,
                String.format("duplicate ids, the last %,d of an address", ArtemisServer.IDS_MAX),
                false);
    }

    @Override
    public Client connect(int number) throws Exception {
        clients.add(number);
        ServerLocator locator = locator();
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession(true, true);
        SimpleString queue = queue(number);
        if (!session.queueQuery(queue).isExists()) {
            session.createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        ClientProducer producer = session.createProducer(queue);
        session.start();
        return new Client() {
            @Override
            public void push(List<Made> facts) throws Exception {
                Answers answers = new Answers();
                for (Made made : facts) {
                    ClientMessage message = session.createMessage(true);
                    var _ = message.putBytesProperty(Message.HDR_DUPLICATE_DETECTION_ID, Packed.key(made));
                    var _ = message.writeBodyBufferBytes(Packed.value(made));
                    producer.send(message, answers);
                }
                answers.await(facts.size());
            }

            @Override
            public void close() throws Exception {
                // Without a word to the broker, which may be dead: closing would wait for its answer.
                factory.cleanup();
                locator.close();
            }
        };
    }

    @Override
    public void read(Consumer<FactId> visitor) throws Exception {
        try (ServerLocator locator = locator();
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession(true, true)) {
            session.start();
            for (int number : clients) {
                long left = session.queueQuery(queue(number)).getMessageCount();
                try (ClientConsumer browser = session.createConsumer(queue(number), true)) {
                    for (; left > 0; left--) {
                        ClientMessage message = browser.receive(NEXT_MILLIS_MAX);
                        if (message == null) {
                            throw new IOException("the queue tells of " + left + " more facts than it gives");
                        }
                        byte[] key = message.getBytesProperty(Message.HDR_DUPLICATE_DETECTION_ID);
                        visitor.accept(Packed.id(key));
                    }
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

    private static SimpleString queue(int number) {
        return SimpleString.of(ArtemisServer.ADDRESSES + number);
    }

    private ServerLocator locator() throws Exception {
        return ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + port)
                .setBlockOnDurableSend(false)
                .setConfirmationWindowSize(UNCONFIRMED_BYTES_MAX);
    }

    private long starts() {
        try {
            return said().size();
        } catch (IOException _) {
            return 0;
        }
    }

    private List<String> said() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("artemis.log"))) {
            return lines.filter(line -> line.startsWith("running ")).toList();
        }
    }

    /// The confirmations of one push.
    private static final class Answers implements SendAcknowledgementHandler {
        private final Semaphore arrived = new Semaphore(0);
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        @Override
        public void sendAcknowledged(Message message) {
            arrived.release();
        }

        @Override
        public void sendFailed(Message message, Exception problem) {
            failure.set(problem);
            arrived.release();
        }

        void await(int sent) throws Exception {
            if (!arrived.tryAcquire(sent, ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException("the broker does not confirm");
            }
            Exception problem = failure.get();
            if (problem != null) {
                throw problem;
            }
        }
    }
}
