package jp.kakunin.hub.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-10-31T15:00:03Z");
    private static final ClosedMonth SEPTEMBER = month(TreatmentMonth.of(2026, 9));
    private static final ClosedMonth OCTOBER = month(TreatmentMonth.of(2026, 10));

    @TempDir
    private Path folder;

    private Path file;
    private KeyPair key;

    @BeforeEach
    void writeTwo() throws IOException, GeneralSecurityException {
        file = folder.resolve("erasures.jsonl");
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        receipts().append(List.of(SEPTEMBER), MIDNIGHT, key.getPrivate());
        receipts().append(List.of(SEPTEMBER, OCTOBER), MIDNIGHT.plusSeconds(1), key.getPrivate());
    }

    @Test
    void a_month_gets_one_receipt_that_tells_counts_and_digests_and_nobody() throws IOException {
        List<JsonObject> all = verified();
        assertThat(all).hasSize(2).allMatch(receipt -> receipt.getBoolean("verified"));
        assertThat(all.getFirst().getMap())
                .containsEntry("month", "2026-09")
                .containsEntry("keyDestroyed", "2026-11-01T00:00:03+09:00")
                .containsEntry("facts", 7)
                .containsEntry("clinics", 1)
                .containsEntry("heads", SEPTEMBER.heads().toString());
        assertThat(all.getFirst().getJsonObject("standings")).isEqualTo(new JsonObject().put("CONFIRMED", 5));
    }

    @Test
    void a_changed_receipt_and_all_behind_it_do_not_verify() throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst("\"facts\":7", "\"facts\":8"));
        assertThat(verified())
                .extracting(receipt -> receipt.getBoolean("verified"))
                .containsExactly(false, false);
    }

    @Test
    void a_receipt_taken_away_breaks_the_chain() throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, text.substring(text.indexOf('\n') + 1));
        assertThat(verified())
                .extracting(receipt -> receipt.getBoolean("verified"))
                .containsExactly(false);
    }

    @Test
    void a_receipt_of_another_hub_does_not_verify() throws Exception {
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThat(verified()).noneMatch(receipt -> receipt.getBoolean("verified"));
    }

    @Test
    void a_line_cut_off_by_a_power_cut_is_written_anew() throws IOException {
        String text = Files.readString(file);
        Files.write(file, text.substring(0, text.length() - 40).getBytes(UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(verified()).hasSize(1);
        receipts().append(List.of(SEPTEMBER, OCTOBER), MIDNIGHT, key.getPrivate());
        assertThat(verified()).hasSize(2).allMatch(receipt -> receipt.getBoolean("verified"));
    }

    private Receipts receipts() {
        return new Receipts(file);
    }

    private List<JsonObject> verified() throws IOException {
        return receipts().verified(key.getPublic()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static ClosedMonth month(TreatmentMonth month) {
        return ClosedMonth.begin(month, Digest.ZERO)
                .plus("1380000016", new Head.Tip(7, Digest.ZERO))
                .counted(new TreeMap<>(Map.of("CONFIRMED", 5L)));
    }
}
