package jp.kakunin.load.peers;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.io.aio.AIOSequentialFileFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/// The broker, embedded as its manual shows, in a process of its own. Prints what it runs with, then waits to be ended.
public final class ArtemisServer {
    static final String ADDRESSES = "facts.";

    /// As many ids as it remembers per address. A power of ten above its own default, which holds 20,000.
    static final int IDS_MAX = 200_000;

    /// How long the journal gathers before it syncs: about one sync, as the broker's own set-up measures it.
    private static final int GATHER_NANOS = 200_000;

    /// For each duplicate it writes a page about what it was, which nobody would leave switched on.
    private static final Logger LOG = Logger.getLogger("org.apache.activemq");

    private ArtemisServer() {}

    /// @param arguments its folder and its port
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        LOG.setLevel(Level.SEVERE);
        Path folder = Path.of(arguments[0]);
        boolean kernel = AIOSequentialFileFactory.isSupported();
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJournalType(kernel ? JournalType.ASYNCIO : JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalBufferTimeout_NIO(GATHER_NANOS)
                .setJournalBufferTimeout_AIO(GATHER_NANOS)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setIDCacheSize(IDS_MAX)
                .setPersistIDCache(true)
                .addAcceptorConfiguration("tcp", "tcp://127.0.0.1:" + arguments[1] + "?protocols=CORE")
                .addAddressSetting(
                        ADDRESSES + "#",
                        new AddressSettings()
                                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                                .setDefaultQueueRoutingType(RoutingType.ANYCAST)
                                .setAutoDeleteAddresses(false)
                                .setAutoDeleteQueues(false));
        EmbeddedActiveMQ broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        if (!broker.getActiveMQServer().waitForActivation(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the broker does not come up");
        }
        Configuration running = broker.getActiveMQServer().getConfiguration();
        System.out.printf(
                "running %s; journal %s, datasync %b, syncs sends %b%n",
                broker.getActiveMQServer().getVersion().getFullVersion(),
                running.getJournalType(),
                running.isJournalDatasync(),
                running.isJournalSyncNonTransactional());
        Thread.currentThread().join();
    }
}
