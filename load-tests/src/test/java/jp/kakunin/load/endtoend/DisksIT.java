package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Network.CLINIC;
import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jp.kakunin.load.chaos.Folders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks restored, cloned, and torn at the end of a log.
class DisksIT {
    private static final int GARBAGE_BYTES = 300;
    private static final int TORN_BYTES = 5;
    private static final List<String> RECORDED = new ArrayList<>();

    @TempDir
    static Path folder;

    private static Network network;

    private final Random random = new Random(20_261_122);

    @BeforeAll
    static void start() throws Exception {
        network = Network.start(folder);
    }

    @AfterAll
    static void everything_recorded_is_in_the_journal_once() throws Exception {
        network.endAndCount(RECORDED);
    }

    @BeforeEach
    void heal() throws Exception {
        network.heal();
        network.edge.awaitLine("connected");
    }

    @Test
    void an_edge_disk_restored_to_yesterday_has_everything_back_and_goes_on() throws Exception {
        EdgeNode edge = network.edge;
        String before = recorded("Before");
        edge.awaitAllSent();
        network.killEdge();
        Path yesterday = folder.resolve("yesterday");
        Folders.replace(yesterday, edge.store());
        network.heal();
        String today = recorded("Today");
        edge.awaitAllSent();
        network.killEdge();

        Folders.replace(edge.store(), yesterday);
        network.heal();
        String after = recorded("After");

        network.hub.awaitVisits(CLINIC, List.of(before, today, after));
        until("the lost visit is back", () -> edge.visitIds().containsAll(List.of(before, today, after)));
        edge.awaitAllSent();
        assertThat(network.hub.visitIds(CLINIC)).doesNotHaveDuplicates();
    }

    @Test
    void two_edges_on_copies_of_one_disk_lose_and_double_nothing() throws Exception {
        EdgeNode edge = network.edge;
        recorded("Common past");
        edge.awaitAllSent();
        network.killEdge();
        Path copy = folder.resolve("copy");
        Folders.copy(edge.folder(), copy.resolve("edge"));
        network.heal();
        try (EdgeNode clone = EdgeNode.withCards(copy, Network.freePort()).start()) {
            List<String> all = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                all.add(edge.defer(CLINIC, "Original " + round));
                all.add(clone.defer(CLINIC, "Copy " + round));
            }
            RECORDED.addAll(all);

            network.hub.awaitVisits(CLINIC, all);
            until("the original shows the visits of both", () -> edge.visitIds().containsAll(all));
            until("the copy shows the visits of both", () -> clone.visitIds().containsAll(all));
            edge.awaitAllSent();
            clone.awaitAllSent();
            assertThat(network.hub.visitIds(CLINIC)).doesNotHaveDuplicates();
            assertThat(network.hub.counter("kakunin_events_total{event=\"fork\"")
                            + network.hub.counter("kakunin_events_total{event=\"instance-clash\"")
                            + network.hub.counter("kakunin_events_total{event=\"instance_clash\""))
                    .as("operators are told of the copy")
                    .isPositive();
        }
    }

    @Test
    void a_torn_tail_on_the_edge_costs_nothing_that_was_recorded() throws Exception {
        network.line.unplug();
        String unsent = recorded("Unsent");
        network.killEdge();
        Path log = Folders.newestLog(network.edge.store());
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(whole, Math.min(whole.length, GARBAGE_BYTES)), StandardOpenOption.APPEND);

        network.heal();

        assertThat(network.edge.visitIds()).contains(unsent);
        network.hub.awaitVisits(CLINIC, List.of(unsent));
        network.edge.awaitAllSent();
    }

    @Test
    void garbage_behind_the_end_of_the_log_is_tolerated_by_edge_and_hub() throws Exception {
        String sent = recorded("Sent");
        network.edge.awaitAllSent();
        network.line.unplug();
        String unsent = recorded("Unsent");
        network.killEdge();
        network.killHub();
        addGarbage(Folders.newestLog(network.edge.store()));
        addGarbage(Folders.newestLog(network.hub.store()));

        network.heal();

        assertThat(network.hub.visitIds(CLINIC)).contains(sent);
        assertThat(network.edge.visitIds()).contains(sent, unsent);
        network.hub.awaitVisits(CLINIC, List.of(sent, unsent));
    }

    @Test
    void a_last_record_torn_off_at_the_edge_comes_back_from_the_hub() throws Exception {
        String sent = recorded("Sent");
        network.edge.awaitAllSent();
        network.killEdge();
        tearOff(Folders.newestLog(network.edge.store()));

        network.heal();

        until("the visit is back", () -> network.edge.visitIds().contains(sent));
        network.edge.awaitAllSent();
        assertThat(network.hub.visitIds(CLINIC)).containsOnlyOnce(sent);
    }

    @Test
    void a_last_record_torn_off_at_the_hub_comes_back_from_the_edge() throws Exception {
        network.edge.awaitAllSent();
        String sent = recorded("Sent");
        network.edge.awaitAllSent();
        network.killHub();
        tearOff(Folders.newestLog(network.hub.store()));

        network.heal();

        network.hub.awaitVisits(CLINIC, List.of(sent));
        network.edge.awaitAllSent();
    }

    private static String recorded(String name) throws IOException, InterruptedException {
        String visit = network.edge.defer(CLINIC, name);
        RECORDED.add(visit);
        return visit;
    }

    private void addGarbage(Path log) throws IOException {
        byte[] garbage = new byte[GARBAGE_BYTES];
        random.nextBytes(garbage);
        Files.write(log, garbage, StandardOpenOption.APPEND);
    }

    private static void tearOff(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - TORN_BYTES);
        }
    }
}
