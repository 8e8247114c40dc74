package jp.kakunin.hub.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import jp.kakunin.domain.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryTest {
    private static final String HEADER = String.join(",", RegistryLine.COLUMNS) + "\n";
    private static final String GOOD = "4B01,見本　花子,ミホン　ハナコ,1985-04-12,0113901,9001,101,00,30,2019-04-01,,valid";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @TempDir
    Path folder;

    @Test
    void the_demonstration_registry_can_be_read() throws IOException {
        Registry demo = demo();

        assertThat(demo.answer(new BigInteger("4BEB4950984BCCC2", 16), DAY))
                .isInstanceOfSatisfying(Answer.Valid.class, valid -> {
                    assertThat(valid.insured().name()).isEqualTo("見本　花子");
                    assertThat(valid.coverage().copayPercent()).isEqualTo(30);
                });
        assertThat(demo.answer(new BigInteger("4BE391EC9937D1FE", 16), DAY)).isInstanceOf(Answer.Invalid.class);
    }

    @Test
    void a_change_of_insurer_is_answered_by_the_day() throws IOException {
        BigInteger yuki = new BigInteger("4BEC6B64F31AF43E", 16);

        Answer before = demo().answer(yuki, LocalDate.of(2026, 11, 10));
        Answer after = demo().answer(yuki, LocalDate.of(2026, 11, 11));

        assertThat(Objects.requireNonNull(before.coverage()).insurer().digits()).startsWith("0113905");
        assertThat(Objects.requireNonNull(after.coverage()).insurer().digits()).startsWith("0613906");
    }

    @Test
    void who_is_not_in_the_registry_is_not_found() throws IOException {
        assertThat(read(GOOD).answer(BigInteger.TWO, DAY)).isEqualTo(new Answer.NotFound());
    }

    @Test
    void before_the_first_day_nothing_is_found() throws IOException {
        assertThat(read(GOOD).answer(new BigInteger("4B01", 16), LocalDate.of(2019, 3, 31)))
                .isEqualTo(new Answer.NotFound());
    }

    @Test
    void two_coverages_at_once_are_several() throws IOException {
        assertThat(read(GOOD, GOOD).answer(new BigInteger("4B01", 16), DAY)).isEqualTo(new Answer.Several());
    }

    @Test
    void between_two_coverages_a_newer_one_exists() throws IOException {
        String ended = GOOD.replace("2019-04-01,,", "2019-04-01,2026-10-31,");
        String begins = GOOD.replace("2019-04-01,,", "2026-12-01,,");

        assertThat(read(begins, ended).answer(new BigInteger("4B01", 16), DAY))
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

        assertThat(registry.answer(new BigInteger("4B01", 16), DAY).getClass().getSimpleName())
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
                .isInstanceOf(RegistryFileException.class)
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
        assertThatThrownBy(() -> Registry.read(new BufferedReader(new StringReader(GOOD))))
                .hasMessageContaining("line 1: the first line must name the columns: certificate_serial,name");
    }

    @Test
    void a_file_in_another_encoding_is_refused_by_name() throws IOException {
        Path file = folder.resolve("registry.csv");
        Files.write(file, (HEADER + GOOD).getBytes(Charset.forName("Shift_JIS")));

        assertThatThrownBy(() -> Registry.load(file))
                .hasMessageContaining("registry.csv")
                .hasMessageContaining("save it as UTF-8");
    }

    private static Registry demo() throws IOException {
        try (var stream = Objects.requireNonNull(Registry.class.getResourceAsStream("registry-demo.csv"));
                var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return Registry.read(reader);
        }
    }

    private static Registry read(String... lines) throws IOException {
        return Registry.read(new BufferedReader(new StringReader(HEADER + String.join("\n", lines))));
    }
}
