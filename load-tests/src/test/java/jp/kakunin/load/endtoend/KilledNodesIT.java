package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Network.CLINIC;
import static jp.kakunin.load.endtoend.Network.NEIGHBOUR;
import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.load.card.DemoCard;
import jp.kakunin.load.card.VpcdLink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes killed with `kill -9` and replies that get lost.
class KilledNodesIT {
    /// Whatever a desk has called recorded in any of the tests.
    private static final List<String> RECORDED = new ArrayList<>();

    private static final String SHARED_PUSHES = "kakunin_events_total{event=\"shared_push\"";

    /// Few enough that the first patient is still waiting when the last has tapped.
    private static final List<String> CARDS_OF_A_PUSH = List.of("hanako", "jiro", "yuki", "sakura");

    /// More than handshake and greeting take, and less than they and the card evidence of the taps.
    private static final int BYTES_BEFORE_THE_PUSH_ENDS = 12_000;

    @TempDir
    static Path folder;

    private static Network network;

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
    void a_hub_killed_while_edges_push_has_everything_after_it_comes_back() throws Exception {
        List<String> recorded;
        try (Typist typist = Typist.start(network.edge, CLINIC)) {
            typist.awaitRecorded(20);
            network.killHub();
            int atKill = typist.recorded().size();
            typist.awaitRecorded(atKill + 20);
            network.heal();
            typist.awaitRecorded(atKill + 40);
            recorded = typist.stop();
        }
        RECORDED.addAll(recorded);

        network.hub.awaitVisits(CLINIC, recorded);
        network.edge.awaitAllSent();
        assertThat(network.edge.visitIds()).containsAll(recorded);
    }

    @Test
    void an_edge_killed_between_tap_and_acknowledgement_has_the_answer_without_a_second_tap() throws Exception {
        network.line.unplug();
        String visit;
        try (VpcdLink _ = network.lay("taro")) {
            JsonObject tapped = network.edge.tap(CLINIC, DemoCard.PIN);
            visit = tapped.getString("visit");
            RECORDED.add(visit);
            assertThat(tapped.getString("standing")).isEqualTo("WAITING");
            assertThat(tapped.getBoolean("sent")).isFalse();
        }
        network.killEdge();
        network.heal();

        until(
                "the answer has come",
                () -> network.edge.visit(visit).getString("standing").equals("CONFIRMED"));
        assertThat(network.edge.visit(visit).getBoolean("sent")).isTrue();
        assertThat(network.edge.visit(visit).getJsonArray("checks")).hasSize(1);
        assertThat(network.hub.visitIds(CLINIC)).containsOnlyOnce(visit);
    }

    @Test
    void hub_and_edge_killed_at_once_lose_nothing() throws Exception {
        List<String> recorded;
        try (Typist typist = Typist.start(network.edge, CLINIC)) {
            typist.awaitRecorded(15);
            network.killEdge();
            network.killHub();
            recorded = typist.stop();
        }
        RECORDED.addAll(recorded);
        network.heal();

        assertThat(network.edge.visitIds()).containsAll(recorded);
        network.hub.awaitVisits(CLINIC, recorded);
        network.edge.awaitAllSent();
    }

    @Test
    void a_reply_lost_after_the_commit_doubles_nothing() throws Exception {
        // Once a visit was sent, hub and edge have agreed on the stream: what gets lost next is the reply to a push.
        RECORDED.add(network.edge.defer(CLINIC, "Greeting"));
        network.edge.awaitAllSent();
        network.line.loseReplies();
        String visit = network.edge.defer(CLINIC, "Reply Lost");
        RECORDED.add(visit);
        network.hub.awaitVisits(CLINIC, List.of(visit));
        assertThat(network.edge.visit(visit).getBoolean("sent")).isFalse();

        network.line.cut();
        network.line.plug();

        network.edge.awaitAllSent();
        assertThat(network.edge.visit(visit).getBoolean("sent")).isTrue();
        assertThat(network.hub.visitIds(CLINIC)).containsOnlyOnce(visit);
    }

    @Test
    void two_clinics_of_a_site_in_one_push_each_get_their_own_though_the_hub_is_killed_over_it() throws Exception {
        network.edge.awaitAllSent();
        network.line.unplug();
        List<String> here = new ArrayList<>();
        List<String> there = new ArrayList<>();
        for (String card : CARDS_OF_A_PUSH) {
            try (VpcdLink _ = network.lay(card)) {
                here.add(network.edge.tap(CLINIC, DemoCard.PIN).getString("visit"));
                there.add(network.edge.tap(NEIGHBOUR, DemoCard.PIN).getString("visit"));
            }
        }
        RECORDED.addAll(here);
        RECORDED.addAll(there);
        double before = network.hub.counter(SHARED_PUSHES);
        network.line.plug();
        network.line.loseRepliesAfter(BYTES_BEFORE_THE_PUSH_ENDS);

        until("one request brought facts of both", () -> network.hub.counter(SHARED_PUSHES) > before);
        network.killHub();
        assertThat(network.edge.sentVisitIds())
                .doesNotContainAnyElementsOf(here)
                .doesNotContainAnyElementsOf(there);
        network.heal();
        network.edge.awaitAllSent();

        assertThat(network.hub.visitIds(CLINIC))
                .containsOnlyOnceElementsOf(here)
                .doesNotContainAnyElementsOf(there);
        assertThat(network.hub.visitIds(NEIGHBOUR))
                .containsOnlyOnceElementsOf(there)
                .doesNotContainAnyElementsOf(here);
    }
}
