package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DropFolderTest {
    @TempDir
    private Path root;

    private final Clinic clinic = new Clinic(5);
    private final PatientId patient = clinic.ids.patient();
    private Path folder;
    private Changes changes;
    private DropFolder drop;
    private boolean diskFull;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(root.resolve("res"));
        restart();
    }

    @Test
    void each_change_is_a_file_whose_name_is_that_of_a_result() throws IOException {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        follow();

        assertThat(files()).containsExactly("OQSsiquc01res_202611-" + check.visit() + "_20261120120001.xml");
        assertThat(Files.readString(folder.resolve(files().getFirst()), ReceiptCharset.WINDOWS_31J.charset()))
                .contains("<Address>見本県見本市一丁目</Address>", "encoding=\"Shift_JIS\"");
        assertThat(drop.status().getString("state")).isEqualTo("OK");
    }

    @Test
    void a_visit_that_turns_comes_again_and_what_was_not_fetched_of_it_goes() throws IOException {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        follow();
        String first = files().getFirst();
        clinic.contest(check);
        follow();

        assertThat(files()).hasSize(1).doesNotContain(first);
        assertThat(Files.readString(folder.resolve(files().getFirst()), ReceiptCharset.WINDOWS_31J.charset()))
                .contains("KKN-CONTESTED");
    }

    @Test
    void what_a_program_fetched_does_not_come_again_after_a_restart() throws IOException {
        clinic.confirmed(patient);
        follow();
        Files.delete(folder.resolve(files().getFirst()));
        restart();
        follow();

        assertThat(files()).isEmpty();
    }

    @Test
    void after_a_crash_before_the_place_was_noted_the_same_file_is_written_again() throws IOException {
        clinic.confirmed(patient);
        follow();
        List<String> before = files();
        Files.delete(root.resolve("place"));
        Files.writeString(folder.resolve("." + before.getFirst() + ".draft"), "half");
        clinic.now = clinic.now.plusSeconds(90);
        restart();
        follow();

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_visit_that_was_taken_back_takes_its_file_along() throws IOException {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        follow();
        clinic.withdraw(check);
        follow();

        assertThat(files()).isEmpty();
    }

    @Test
    void P4_the_files_of_a_closed_month_are_removed_and_counted_and_nothing_else() throws IOException {
        clinic.check(
                patient,
                LocalDate.of(2026, 10, 28),
                VisitKind.INITIAL,
                new Evidence.Card(Evidence.Verification.PIN, Digest.of(new byte[1])));
        Fact.CheckRecorded november = clinic.confirmed(clinic.ids.patient());
        follow();
        Files.writeString(folder.resolve("OQSsiquc01res_face_1_20261001120000.xml"), "of another program");
        assertThat(files()).hasSize(3);

        clinic.now = Instant.parse("2026-11-30T15:00:00Z");
        follow();

        assertThat(files()).hasSize(2).noneMatch(name -> name.contains("202610-"));
        assertThat(files()).anyMatch(name -> name.contains(november.visit().toString()));
        assertThat(drop.status().getLong("removed")).isEqualTo(1);
        assertThat(drop.status().getJsonObject("erased").getMap()).containsExactly(Map.entry("2026-10", 1L));
    }

    @Test
    void what_was_erased_of_each_month_is_known_for_good() throws IOException {
        clinic.confirmed(patient);
        clinic.confirmed(clinic.ids.patient());
        follow();
        clinic.now = Instant.parse("2027-01-01T00:00:00Z");
        follow();
        restart();
        follow();

        assertThat(drop.status().getLong("removed")).isZero();
        assertThat(drop.status().getJsonObject("erased").getMap()).containsExactly(Map.entry("2026-11", 2L));
    }

    @Test
    void P4_a_full_disk_keeps_no_file_of_a_closed_month_and_the_count_comes_later() throws IOException {
        clinic.confirmed(patient);
        follow();
        clinic.now = Instant.parse("2027-01-01T00:00:00Z");
        diskFull = true;
        follow();
        assertThat(files()).isEmpty();

        diskFull = false;
        follow();
        restart();

        assertThat(drop.status().getJsonObject("erased").getMap()).containsExactly(Map.entry("2026-11", 1L));
    }

    @Test
    void a_month_that_a_wrong_clock_hid_comes_again() throws IOException {
        clinic.confirmed(patient);
        follow();
        clinic.now = Instant.parse("2027-01-01T00:00:00Z");
        follow();
        assertThat(files()).isEmpty();

        clinic.now = Clinic.NOON.plusSeconds(60);
        follow();

        assertThat(files()).hasSize(1);
    }

    @Test
    void P5_a_clinic_that_is_shut_out_has_no_files_until_it_is_let_in_again() throws IOException {
        clinic.confirmed(patient);
        follow();
        clinic.shutOut = true;
        follow();
        assertThat(files()).isEmpty();
        assertThat(drop.status().getString("state")).isEqualTo("HIDDEN");

        clinic.shutOut = false;
        follow();
        assertThat(files()).hasSize(1);
    }

    @Test
    void a_missing_folder_and_a_full_disk_are_told_and_made_up_for() throws IOException {
        Files.delete(folder);
        clinic.confirmed(patient);
        follow();
        assertThat(drop.status().getString("state")).isEqualTo("FOLDER_MISSING");

        Files.createDirectory(folder);
        diskFull = true;
        follow();
        assertThat(drop.status().getString("state")).isEqualTo("NOT_WRITABLE");
        assertThat(files()).isEmpty();

        diskFull = false;
        follow();
        JsonObject status = drop.status();
        assertThat(status.getString("state")).isEqualTo("OK");
        assertThat(files()).hasSize(1);
    }

    private void restart() {
        clinic.crash();
        changes = clinic.changes();
        drop = new DropFolder(folder, root.resolve("place"), ReceiptCharset.WINDOWS_31J, (file, bytes) -> {
            if (diskFull) {
                throw new IOException("No space left on device");
            }
            AtomicFile.onDisk(file, bytes);
        });
    }

    private void follow() {
        changes.touched();
        drop.follow(changes.look().join());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
