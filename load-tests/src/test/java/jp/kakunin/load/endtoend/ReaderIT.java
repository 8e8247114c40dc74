package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Network.CLINIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import jp.kakunin.load.card.CardBox;
import jp.kakunin.load.card.CardFaults;
import jp.kakunin.load.card.DemoCard;
import jp.kakunin.load.card.PcscdProcess;
import jp.kakunin.load.card.VirtualCard;
import jp.kakunin.load.card.VpcdLink;
import jp.kakunin.load.up.LocalApi.RefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real card stack failing under a real edge.
class ReaderIT {
    private static final Duration OVERLOOKED = Duration.ofSeconds(10);
    private static final int PUT_DOWN_MAX = 3;

    @TempDir
    static Path folder;

    private static PcscdProcess pcscd;
    private static HubNode hub;
    private static EdgeNode edge;
    private static CardBox cards;

    @BeforeAll
    static void start() throws Exception {
        pcscd = PcscdProcess.start(folder, true);
        hub = new HubNode(folder.resolve("node"));
        edge = EdgeNode.on(folder.resolve("node"));
        hub.enrol(folder.resolve("node"), CLINIC);
        hub.start();
        edge.start();
        edge.awaitLine("connected");
        cards = CardBox.open(folder.resolve("cards"), InstantSource.system(), new SecureRandom());
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
        if (hub != null) {
            hub.close();
        }
        if (pcscd != null) {
            pcscd.close();
        }
    }

    @Test
    void a_card_service_that_stops_is_named_and_found_again() throws Exception {
        edge.awaitReader("EMPTY");
        int before = edge.visits().size();
        pcscd.close();
        edge.awaitReader("NO_SERVICE");

        RefusedException refused = refusedTap();
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused).hasMessageContaining("The card reader service stopped. It is reconnected by itself");
        assertThat(refused).hasMessageContaining("Check pcscd");
        assertThat(edge.visits()).hasSize(before);

        pcscd = PcscdProcess.start(folder, true);
        try (VpcdLink _ = putDown(cards.card("hanako"))) {
            String visit = edge.tap(CLINIC, DemoCard.PIN).getString("visit");
            Until.until(
                    "answered", () -> edge.visit(visit).getString("standing").equals("CONFIRMED"));
        }
        assertThat(edge.visits()).hasSize(before + 1);
    }

    @Test
    void a_card_pulled_in_the_middle_records_nothing_and_says_what_to_do() throws Exception {
        edge.awaitReader("EMPTY");
        int before = edge.visits().size();
        VirtualCard card = cards.card("taro");
        Until.until("the card is pulled while the tap reads it", () -> pulledWhileTheTapReads(card));
        assertThat(edge.visits()).hasSize(before);
        edge.awaitReader("EMPTY");

        try (VpcdLink _ = putDown(card)) {
            String visit = edge.tap(CLINIC, DemoCard.PIN).getString("visit");
            Until.until(
                    "answered", () -> edge.visit(visit).getString("standing").equals("CONFIRMED"));
            assertThat(edge.visit(visit).getJsonArray("checks")).hasSize(1);
            assertThat(hub.visitIds(CLINIC)).containsOnlyOnceElementsOf(List.of(visit));
        }
    }

    /// The desk looks at a card by itself when it is put down. A pull that hits that look leaves no card for the
    /// tap, so it is put down once more.
    private static boolean pulledWhileTheTapReads(VirtualCard card) throws Exception {
        card.misbehave(CardFaults.NONE);
        try (VpcdLink _ = putDown(card)) {
            card.misbehave(CardFaults.NONE.tornAt(4));
            RefusedException refused = refusedTap();
            assertThat(refused.status()).isEqualTo(409);
            return String.valueOf(refused.getMessage()).contains("Put it down again and leave it until the end.");
        } finally {
            card.misbehave(CardFaults.NONE);
            edge.awaitReader("EMPTY");
        }
    }

    /// At times the service itself overlooks a card; then it is put down again, as a person would. One that the
    /// service sees and the edge does not is a fault of the edge.
    private static VpcdLink putDown(VirtualCard card) throws Exception {
        for (int times = 1; ; times++) {
            VpcdLink link = VpcdLink.insert(pcscd.port(0), card);
            if (Until.comes(OVERLOOKED, () -> edge.readerIs("CARD")) || pcscd.sees(0)) {
                edge.awaitReader("CARD");
                return link;
            }
            link.close();
            assertThat(times).as("put down, and overlooked by pcscd").isLessThan(PUT_DOWN_MAX);
            edge.awaitReader("EMPTY");
        }
    }

    private static RefusedException refusedTap() {
        return catchThrowableOfType(RefusedException.class, () -> edge.tap(CLINIC, DemoCard.PIN));
    }
}
