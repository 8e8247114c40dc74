package jp.kakunin.hub.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Particulars.Relation;
import jp.kakunin.domain.Particulars.Sex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryTest {
    private static final String HEADER = String.join(",", RegistryLine.COLUMNS) + "\n";
    private static final String GOOD = "4B01,見本　花子,ミホン　ハナコ,1985-04-12,0113901,9001,101,00,30,2019-04-01,,valid";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    private static final BigInteger GOOD_SERIAL = new BigInteger("4B01", 16);

    private final List<Registry> opened = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        opened.forEach(Registry::close);
    }

    @Test
    void the_demonstration_registry_can_be_read() throws IOException {
        Registry demo = demo();

        assertThat(demo.byCard(new BigInteger("4BEB4950984BCCC2", 16), DAY, DAY))
                .isInstanceOfSatisfying(Answer.Valid.class, valid -> {
                    assertThat(valid.insured().name()).isEqualTo("見本　花子");
                    assertThat(valid.coverage().copayPercent()).isEqualTo(30);
                });
        assertThat(demo.byCard(new BigInteger("4BE391EC9937D1FE", 16), DAY, DAY))
                .isInstanceOf(Answer.Invalid.class);
    }

    @Test
    void a_change_of_insurer_is_answered_by_the_day() throws IOException {
        BigInteger yuki = new BigInteger("4BEC6B64F31AF43E", 16);

        Registry demo = demo();

        Answer before = demo.byCard(yuki, LocalDate.of(2026, 11, 10), DAY);
        Answer after = demo.byCard(yuki, LocalDate.of(2026, 11, 11), DAY);

        assertThat(Objects.requireNonNull(before.coverage()).insurer().digits()).startsWith("0113905");
        assertThat(Objects.requireNonNull(after.coverage()).insurer().digits()).startsWith("0613906");
    }

    @Test
    void who_is_not_in_the_registry_is_not_found() throws IOException {
        assertThat(read(GOOD).byCard(BigInteger.TWO, DAY, DAY)).isEqualTo(new Answer.NotFound());
    }

    @Test
    void before_the_first_day_nothing_is_found() throws IOException {
        assertThat(read(GOOD).byCard(new BigInteger("4B01", 16), LocalDate.of(2019, 3, 31), DAY))
                .isEqualTo(new Answer.NotFound());
    }

    @Test
    void two_coverages_at_once_are_several() throws IOException {
        assertThat(read(GOOD, GOOD).byCard(new BigInteger("4B01", 16), DAY, DAY))
                .isEqualTo(new Answer.Several());
    }

    @Test
    void between_two_coverages_a_newer_one_exists() throws IOException {
        String ended = GOOD.replace("2019-04-01,,", "2019-04-01,2026-10-31,");
        String begins = GOOD.replace("2019-04-01,,", "2026-12-01,,");

        assertThat(read(begins, ended).byCard(new BigInteger("4B01", 16), DAY, DAY))
                .isInstanceOfSatisfying(
                        Answer.InvalidNewerExists.class,
                        answer -> assertThat(
                                        Objects.requireNonNull(answer.ended()).until())
                                .isEqualTo(LocalDate.of(2026, 10, 31)));
    }

    @ParameterizedTest
    @CsvSource({"suspended,Invalid", "unregistered,ValidUnregistered", "valid,Valid"})
    void the_state_decides_while_in_force(String state, String answer) throws IOException {
        Registry registry = read(GOOD.replace("valid", state));

        assertThat(registry.byCard(new BigInteger("4B01", 16), DAY, DAY)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4B01      | 4G01       | certificate_serial | hex digits",
                "1985-04-12| 12.4.1985  | birth_date         | year-month-day",
                "0113901   | 113901     | insurer_body       | check digit",
                "30,2019   | 3割,2019   | copay_percent      | 0 to 100",
                "30,2019   | 101,2019   | copay_percent      | 0 to 100",
                "00,30     | 000,30     | branch             | 2 digits",
                ",,valid   | ,2018-01-01,valid | until       | before",
                "valid     | gültig     | state              | suspended",
                "見本　花子  | ''         | name               | empty"
            })
    void a_wrong_field_is_named_with_line_column_and_remedy_and_not_repeated(
            String right, String wrong, String column, String remedy) {
        String line = GOOD.replace(right, wrong);

        assertThatThrownBy(() -> read("# a comment", line))
                .hasCauseInstanceOf(RegistryFileException.class)
                .hasMessageContaining("line 3, column " + column + ":")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("見本");
    }

    @Test
    void a_missing_column_is_counted() {
        assertThatThrownBy(() -> read(GOOD.replace(",valid", "")))
                .hasMessageContaining("line 2: has 11 columns instead of 12");
    }

    @Test
    void a_missing_header_is_spelled_out() {
        assertThatThrownBy(() -> opened(file("", GOOD)))
                .hasMessageContaining("line 1: the first line must name the columns: certificate_serial,name");
    }

    @Test
    void a_file_in_another_encoding_is_refused_by_name() throws IOException {
        Path file = folder.resolve("registry.csv");
        Files.write(file, (HEADER + GOOD).getBytes(Charset.forName("Shift_JIS")));

        assertThatThrownBy(() -> Registry.open(file, folder.resolve("store")))
                .hasMessageContaining("registry.csv")
                .hasMessageContaining("save it as UTF-8");
    }

    @Test
    void what_the_insurer_registers_late_is_known_late() throws IOException {
        String ended = GOOD.replace("2019-04-01,,valid", "2019-04-01,2026-11-10,valid,,");
        String begun = GOOD.replace("101,00,30,2019-04-01,,valid", "202,00,30,2026-11-11,,valid,2026-11-16,");
        Registry registry = known(ended, begun);
        LocalDate visit = LocalDate.of(2026, 11, 12);

        assertThat(registry.byCard(GOOD_SERIAL, visit, visit)).isInstanceOf(Answer.Invalid.class);
        assertThat(registry.byCard(GOOD_SERIAL, visit, visit.plusDays(3))).isInstanceOf(Answer.Invalid.class);
        assertThat(registry.byCard(GOOD_SERIAL, visit, visit.plusDays(4))).isInstanceOf(Answer.Valid.class);
    }

    @Test
    void a_suspension_is_lifted_by_the_day() throws IOException {
        Registry registry =
                known(GOOD.replace("valid", "suspended,,2026-11-18"), GOOD.replace("valid", "valid,2026-11-19,"));

        assertThat(registry.byCard(GOOD_SERIAL, DAY, LocalDate.of(2026, 11, 18)))
                .isEqualTo(new Answer.Invalid(null));
        assertThat(registry.byCard(GOOD_SERIAL, DAY, LocalDate.of(2026, 11, 19)))
                .isInstanceOf(Answer.Valid.class);
    }

    @Test
    void an_entry_comes_out_of_the_store_as_it_went_in() throws IOException {
        String full = "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF,髙橋　●,ﾀｶﾊｼ,1899-12-31,13903,," + "あ".repeat(38)
                + ",9,100,1960-01-01,2026-12-31,valid";
        RegistryEntry parsed = RegistryLine.parse(1, full, RegistryLine.COLUMNS);

        byte[] key = RegistryRow.key(RegistryRow.cardPrefix(parsed.certificateSerial()), 7);

        assertThat(RegistryRow.read(key, RegistryRow.value(parsed))).isEqualTo(parsed);
        assertThat(read(full).byCard(parsed.certificateSerial(), DAY, DAY))
                .isEqualTo(new Answer.Valid(parsed.coverage(), parsed.insured()));
    }

    @Test
    void what_claim_forms_ask_for_follows_in_columns_of_its_own() throws IOException {
        List<String> columns = new ArrayList<>(RegistryLine.COLUMNS);
        columns.addAll(RegistryLine.CLAIM_COLUMNS);
        String full = GOOD + ",100-0000," + "あ".repeat(80) + ",見本組合,見本　太郎,family,female,yes,20";
        RegistryEntry parsed = RegistryLine.parse(1, full, columns);
        Particulars told =
                new Particulars("100-0000", "あ".repeat(80), "見本組合", "見本　太郎", Relation.FAMILY, Sex.FEMALE, true, 20);

        byte[] key = RegistryRow.key(RegistryRow.cardPrefix(parsed.certificateSerial()), 7);

        assertThat(parsed.particulars()).isEqualTo(told);
        assertThat(RegistryRow.read(key, RegistryRow.value(parsed))).isEqualTo(parsed);
        assertThat(opened(file(String.join(",", columns) + "\n", full)).byCard(GOOD_SERIAL, DAY, DAY))
                .isEqualTo(new Answer.Valid(parsed.coverage(), parsed.insured(), told));
        assertThatThrownBy(() -> RegistryLine.parse(1, full.replace("family", "wife"), columns))
                .isInstanceOf(RegistryFileException.class)
                .hasMessageContainingAll("relation", "family or insured");
    }

    @Test
    void an_unchanged_file_is_not_read_again_and_a_changed_one_is() throws IOException {
        Path file = file(HEADER, GOOD);
        Path stores = folder.resolve("store");
        Registry.open(file, stores).close();
        List<Path> before = stores(stores);

        Registry.open(file, stores).close();
        assertThat(stores(stores)).isEqualTo(before);
        Files.writeString(file, HEADER + GOOD.replace("4B01", "4B02"));
        try (Registry changed = Registry.open(file, stores)) {
            assertThat(changed.byCard(new BigInteger("4B02", 16), DAY, DAY)).isInstanceOf(Answer.Valid.class);
            assertThat(changed.byCard(GOOD_SERIAL, DAY, DAY)).isInstanceOf(Answer.NotFound.class);
        }
        assertThat(stores(stores)).hasSize(1).doesNotContainAnyElementsOf(before);
    }

    @Test
    void a_load_that_was_cut_off_is_begun_again() throws IOException {
        Path stores = folder.resolve("store");
        Files.createDirectories(stores.resolve("draft"));
        Files.writeString(stores.resolve("draft").resolve("CURRENT"), "half");

        assertThat(read(GOOD).byCard(GOOD_SERIAL, DAY, DAY)).isInstanceOf(Answer.Valid.class);
        assertThat(stores(stores)).hasSize(1);
    }

    @Test
    void pieces_of_an_unsorted_file_are_put_together() throws IOException {
        int lines = RegistryLoader.PIECE_LINES_MAX + 10;
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < lines; i++) {
            // Scattered, and each serial of the last ten is one of the first piece again.
            long serial = 1 + (i % RegistryLoader.PIECE_LINES_MAX) * 2_654_435_761L;
            text.append(GOOD.replace("4B01", Long.toHexString(serial))).append('\n');
        }
        Path file = folder.resolve("registry.csv");
        Files.writeString(file, text);
        try (Registry registry = Registry.open(file, folder.resolve("store"))) {
            assertThat(registry.byCard(BigInteger.ONE, DAY, DAY)).isInstanceOf(Answer.Several.class);
            assertThat(registry.byCard(BigInteger.valueOf(1 + 10 * 2_654_435_761L), DAY, DAY))
                    .isInstanceOf(Answer.Valid.class);
        }
    }

    private List<Path> stores(Path folder) throws IOException {
        try (var inside = Files.list(folder)) {
            return inside.toList();
        }
    }

    private Registry demo() throws IOException {
        Path file = folder.resolve("registry.csv");
        try (var stream = Objects.requireNonNull(Registry.class.getResourceAsStream("registry-demo.csv"))) {
            Files.write(file, stream.readAllBytes());
        }
        return opened(file);
    }

    private Registry read(String... lines) throws IOException {
        return opened(file(HEADER, lines));
    }

    private Registry known(String... lines) throws IOException {
        return opened(file(HEADER.strip() + "," + String.join(",", RegistryLine.KNOWN_COLUMNS) + "\n", lines));
    }

    private Path file(String header, String... lines) throws IOException {
        Path file = folder.resolve("registry.csv");
        Files.writeString(file, header + String.join("\n", lines));
        return file;
    }

    private Registry opened(Path file) throws IOException {
        Registry registry = Registry.open(file, folder.resolve("store"));
        opened.add(registry);
        return registry;
    }
}
