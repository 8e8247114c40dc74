package jp.kakunin.load.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.KeyFolder;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.keys.MonthKeys;
import jp.kakunin.load.card.CardBox;
import jp.kakunin.load.card.VirtualCard;
import jp.kakunin.load.card.VpcdLink;
import jp.kakunin.load.chaos.Proxy;

/// A hub, the line, and the edge of a site of two clinics with virtual cards.
final class Network implements AutoCloseable {
    static final String CLINIC = "1380000016";
    static final String NEIGHBOUR = "1380000024";

    private static final int FACTS_MAX = 100_000;

    final HubNode hub;
    final Proxy line;
    final EdgeNode edge;
    private final int cardPort;
    private final CardBox cards;
    private boolean hubUp = true;
    private boolean edgeUp = true;

    private Network(HubNode hub, Proxy line, EdgeNode edge, int cardPort, CardBox cards) {
        this.hub = hub;
        this.line = line;
        this.edge = edge;
        this.cardPort = cardPort;
        this.cards = cards;
    }

    static Network start(Path folder) throws Exception {
        HubNode hub = new HubNode(folder.resolve("hub"));
        Path site = folder.resolve("site");
        hub.enrol(site, CLINIC, NEIGHBOUR);
        hub.start();
        int cardPort = freePort();
        CardBox cards = CardBox.open(folder.resolve("cards"), InstantSource.system(), new SecureRandom());
        var network = new Network(hub, Proxy.to(hub.port()), EdgeNode.withCards(site, cardPort), cardPort, cards);
        try {
            network.edge.lookForHubAt(network.line.port());
            network.edge.start();
            network.edge.awaitLine("connected");
            return network;
        } catch (Exception | Error e) {
            network.close();
            throw e;
        }
    }

    VpcdLink lay(String card) throws Exception {
        VpcdLink lying = VpcdLink.insert(cardPort, card(card));
        edge.awaitReader("CARD");
        return lying;
    }

    VirtualCard card(String name) {
        return cards.card(name);
    }

    void killHub() throws InterruptedException {
        hubUp = false;
        hub.kill();
    }

    void killEdge() throws InterruptedException {
        edgeUp = false;
        edge.kill();
    }

    /// Everything is there again, whatever happened before.
    void heal() throws Exception {
        line.plug();
        if (!hubUp) {
            hub.start();
            hubUp = true;
        }
        if (!edgeUp) {
            edge.start();
            edgeUp = true;
        }
    }

    /// Ends everything and looks into the journal: each fact once, each visit once, and these visits among them.
    void endAndCount(List<String> visits) throws Exception {
        close();
        List<String> stored = new ArrayList<>();
        List<FactId> ids = new ArrayList<>();
        for (String clinic : List.of(CLINIC, NEIGHBOUR)) {
            for (Fact fact : journal(clinic)) {
                ids.add(fact.id());
                if (fact instanceof Fact.CheckRecorded check) {
                    stored.add(check.visit().toString());
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(stored).doesNotHaveDuplicates().containsAll(visits);
    }

    private List<Fact> journal(String clinic) throws IOException {
        List<Fact> facts = new ArrayList<>();
        try (RocksJournal journal = RocksJournal.open(
                hub.store(),
                MonthKeys.open(new KeyFolder(hub.store().resolveSibling("month-keys")), new SecureRandom()),
                Durability.SYNC,
                new SecureRandom())) {
            long position = 0;
            for (Positioned positioned : journal.read(
                    new InstitutionCode(clinic),
                    TreatmentMonth.at(InstantSource.system().instant()),
                    0,
                    FACTS_MAX)) {
                assertThat(positioned.position()).isEqualTo(++position);
                if (FactCodec.decode(positioned.entry().fact()) instanceof Decoded.Known(Fact fact)) {
                    facts.add(fact);
                } else {
                    throw new AssertionError("an unreadable fact at position " + position);
                }
            }
        }
        return facts;
    }

    @Override
    public void close() throws IOException {
        edge.close();
        line.close();
        hub.close();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
