package jp.kakunin.load.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jp.kakunin.edge.reader.CardPort;
import jp.kakunin.edge.reader.CardTrouble;
import jp.kakunin.edge.reader.PcscPort;
import org.jspecify.annotations.Nullable;

/// What PC/SC stack this machine has for a virtual card.
public sealed interface PcscStack extends AutoCloseable {
    /// A pcscd with a virtual reader: `VpcdLink.insert(port, card)` puts a card on it. An empty slot is preferred,
    /// since others on this machine may use the same daemon; let the edge use `reader` only.
    ///
    /// @param own the daemon we started and shall stop; null when one was running already
    record Ready(String reader, int port, @Nullable PcscdProcess own) implements PcscStack {
        @Override
        public void close() {
            if (own != null) {
                own.close();
            }
        }
    }

    /// A pcscd runs here without a virtual reader; a real card can be tapped on these readers.
    record RealReadersOnly(List<String> readers) implements PcscStack {}

    /// No PC/SC stack can be had.
    record Unavailable(String reason, String remedy) implements PcscStack {}

    /// Stops the daemon if it is ours.
    @Override
    default void close() {}

    /// Uses the daemon that runs, or starts one of our own with its configuration and log in `folder`.
    static PcscStack find(Path folder) {
        if (!Files.isExecutable(PcscdProcess.BINARY)) {
            return new Unavailable(PcscdProcess.BINARY + " is not installed", "apt-get install pcscd vsmartcard-vpcd");
        }
        PcscPort port = new PcscPort();
        try (CardPort.Session session = port.open()) {
            List<CardPort.Slot> slots = session.slots();
            return slots.stream()
                    .filter(slot -> PcscdProcess.isVirtual(slot.reader()))
                    .min(Comparator.comparing(CardPort.Slot::cardPresent))
                    .<PcscStack>map(free -> new Ready(free.reader(), PcscdProcess.portOf(free.reader()), null))
                    .orElseGet(() -> new RealReadersOnly(
                            slots.stream().map(CardPort.Slot::reader).toList()));
        } catch (CardTrouble trouble) {
            return trouble.kind() == CardTrouble.Kind.NO_SERVICE
                    ? start(folder)
                    : new Unavailable(
                            "pcscd runs but refuses us: " + trouble.detail(), "allow this user to use pcscd (polkit)");
        }
    }

    private static PcscStack start(Path folder) {
        if (!Files.exists(PcscdProcess.DRIVER)) {
            return new Unavailable(PcscdProcess.DRIVER + " is not installed", "apt-get install vsmartcard-vpcd");
        }
        try {
            PcscdProcess process = PcscdProcess.start(folder, true);
            return new Ready(process.reader(0), PcscdProcess.portOf(process.reader(0)), process);
        } catch (IOException e) {
            return new Unavailable(
                    "pcscd could not be started: " + e.getMessage(), "start it as root: systemctl start pcscd");
        }
    }
}
