package jp.kakunin.load.endtoend;

import static jp.kakunin.load.endtoend.Network.CLINIC;
import static jp.kakunin.load.endtoend.Until.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.ReceiptKeyFile;
import jp.kakunin.load.card.DemoCard;
import jp.kakunin.load.card.VpcdLink;
import jp.kakunin.load.up.RunFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The vendors' example program against real hub, edge and card.
class ReceiptComputerIT {
    private static final Path EXAMPLE = Path.of("")
            .toAbsolutePath()
            .resolveSibling("ops")
            .resolve("examples")
            .resolve("ClaimForms.java");

    @TempDir
    private Path folder;

    @Test
    void a_visit_that_was_fetched_comes_again_when_the_authority_says_no() throws Exception {
        try (Network network = Network.start(folder)) {
            String key = new ReceiptKeyFile(network.edge.folder().resolve("receipt-keys"))
                    .add("example", new InstitutionCode(CLINIC));
            Path forms = folder.resolve("forms.csv");
            Path remarks = folder.resolve("remarks.txt");
            Process example = example(network, key, forms, remarks);
            try {
                String hanako = tap(network, "hanako");
                until("the form is filled", () -> read(forms).contains(hanako));
                assertThat(read(forms))
                        .contains("見本　花子", "1985-04-12", "100-8901", "見本県見本市一丁目１－１", "90010001・101", ",2本人,7,");

                network.edge.awaitAllSent();
                network.line.unplug();
                String visit = confirmByDocument(network);
                until("it was fetched", () -> read(remarks).contains(visit + ": not claimed, to be written by hand"));
                network.line.plug();

                until("it comes again", () -> read(remarks).contains(visit + ": not claimed, CONTESTED"));
                assertThat(standing(network, visit)).isEqualTo("CONTESTED");
                assertThat(read(forms).split(hanako, -1)).hasSize(2);
            } finally {
                example.destroyForcibly().waitFor();
            }
            try (Stream<Path> logs = Files.list(network.edge.folder().resolve("log"))) {
                for (Path log : logs.filter(Files::isRegularFile).toList()) {
                    assertThat(read(log)).doesNotContain("見本", key);
                }
            }
        }
    }

    /// Of somebody with a certificate, who then found the card as well. Nobody knows yet that the insurance ended.
    private static String confirmByDocument(Network network) throws Exception {
        String visit = network.edge
                .api()
                .post(
                        "/api/visits/document",
                        new JsonObject()
                                .put("clinic", CLINIC)
                                .put("patientName", "Jiro")
                                .put("document", "ELIGIBILITY_CERTIFICATE")
                                .put("reason", "NO_CARD"))
                .getString("visit");
        String card = tap(network, "jiro");
        network.edge
                .api()
                .post(
                        "/api/joins",
                        new JsonObject()
                                .put("clinic", CLINIC)
                                .put("a", network.edge.visit(card).getString("patient"))
                                .put("b", network.edge.visit(visit).getString("patient")));
        assertThat(standing(network, visit)).isEqualTo("CONFIRMED");
        assertThat(standing(network, card)).isEqualTo("WAITING");
        return visit;
    }

    private static String tap(Network network, String card) throws Exception {
        try (VpcdLink _ = network.lay(card)) {
            return network.edge.tap(CLINIC, DemoCard.PIN).getString("visit");
        }
    }

    private static String standing(Network network, String visit) throws Exception {
        return network.edge.visit(visit).getString("standing");
    }

    private static Process example(Network network, String key, Path forms, Path remarks) throws IOException {
        URI desk = URI.create(RunFile.ofRunning(network.edge.folder().resolve("edge.json"))
                .orElseThrow()
                .text("desk"));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                EXAMPLE.toString(),
                desk.toString()));
        builder.environment().put("KAKUNIN_KEY", key);
        return builder.redirectOutput(forms.toFile())
                .redirectError(remarks.toFile())
                .start();
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }
}
