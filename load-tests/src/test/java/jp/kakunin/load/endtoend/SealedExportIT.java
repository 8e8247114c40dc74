package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Network.CLINIC;
import static jp.kakunin.load.endtoend.Network.NEIGHBOUR;
import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jp.kakunin.load.card.DemoCard;
import jp.kakunin.load.card.VpcdLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A clinic without a line: what it recorded is carried to the hub on a stick.
class SealedExportIT {
    private static final String STORED = "kakunin_facts_total{outcome=\"stored\"";
    private static final String HELD = "kakunin_facts_total{outcome=\"held\"";

    @TempDir
    private Path folder;

    @Test
    void what_is_carried_by_hand_is_answered_and_counts_once_when_the_line_heals() throws Exception {
        Path stick = Files.createDirectory(folder.resolve("stick"));
        List<String> recorded = new ArrayList<>();
        try (Network network = Network.start(folder)) {
            network.line.unplug();
            network.killHub();
            String tapped;
            try (VpcdLink _ = network.lay("hanako")) {
                tapped = network.edge.tap(CLINIC, DemoCard.PIN).getString("visit");
            }
            recorded.add(tapped);
            recorded.add(network.edge.defer(CLINIC, "山田 花子"));
            recorded.add(network.edge.defer(NEIGHBOUR, "鈴木 一郎"));

            String said = network.edge.command("export", "--to", stick.toString());
            assertThat(said).contains("3 records", "hub import");
            List<String> files = sealed(stick);
            assertThat(files).hasSize(1);
            assertThat(network.edge.sentVisitIds()).isEmpty();

            network.hub.start();
            JsonObject imported = network.hub.imported(files);
            assertThat(counts(imported, "facts")).isEqualTo(3);
            assertThat(counts(imported, "stored")).isEqualTo(3);
            assertThat(counts(network.hub.imported(files), "now")).isZero();
            until(
                    "the hub has the answer",
                    () -> network.hub.history(CLINIC).stream()
                            .anyMatch(visit -> visit.getString("visit").equals(tapped)
                                    && visit.getString("standing").equals("CONFIRMED")));
            assertThat(network.edge.visit(tapped).getString("standing")).isEqualTo("WAITING");
            double stored = network.hub.counter(STORED);

            network.line.plug();
            until(
                    "the answer is at the desk",
                    () -> network.edge.visit(tapped).getString("standing").equals("CONFIRMED"));
            network.edge.awaitAllSent();
            until("the hub held what it had", () -> network.hub.counter(HELD) >= 3);
            assertThat(network.hub.counter(STORED)).isEqualTo(stored).isEqualTo(3);

            network.endAndCount(recorded);
        }
    }

    private static int counts(JsonObject imported, String name) {
        return imported.getJsonArray("files").stream()
                .map(JsonObject.class::cast)
                .flatMap(file -> file.getJsonArray("clinics").stream())
                .mapToInt(clinic -> ((JsonObject) clinic).getInteger(name))
                .sum();
    }

    private static List<String> sealed(Path stick) throws IOException {
        try (Stream<Path> files = Files.list(stick)) {
            return files.map(Path::toString).toList();
        }
    }
}
