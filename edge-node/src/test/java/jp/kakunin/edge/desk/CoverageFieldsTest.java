package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.InsurerNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CoverageFieldsTest {
    private static final Map<String, String> WHOLE = Map.of(
            "insurer",
            "33120015",
            "symbol",
            "12-34",
            "number",
            "567",
            "branch",
            "01",
            "copayPercent",
            "30",
            "from",
            "2026-04-01",
            "until",
            "2027-03-31");

    @Test
    void all_of_it_is_a_coverage_and_none_of_it_is_none() {
        assertThat(CoverageFields.of(WHOLE)).isEqualTo(Outcome.done(Optional.of(coverage("12-34"))));
        assertThat(CoverageFields.of(Map.of("insurer", " ", "symbol", "　"))).isEqualTo(Outcome.done(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "insurer, ３３１２００１５",
        "insurer, 3312-0015",
        "insurer, ３３ １２ ００ １５",
        "number, ５６７",
        "branch, ０１",
        "copayPercent, ３０",
        "symbol, ' １２－３４ '"
    })
    void width_and_spacing_do_not_matter(String field, String typed) {
        assertThat(CoverageFields.of(with(field, typed))).isEqualTo(Outcome.done(Optional.of(coverage("12-34"))));
    }

    @ParameterizedTest
    @CsvSource({"健保ー１, 健保ー1", "ｹﾝﾎﾟ・1, ｹﾝﾎﾟ・1", "●崎, ●崎"})
    void what_is_no_latin_letter_stays_as_it_was_typed(String typed, String kept) {
        assertThat(CoverageFields.of(with("symbol", typed))).isEqualTo(Outcome.done(Optional.of(coverage(kept))));
    }

    @ParameterizedTest
    @CsvSource({
        "insurer, '', INSURER_MISSING",
        "insurer, 3312001, INSURER_NOT_A_NUMBER",
        "insurer, 331200155, INSURER_NOT_A_NUMBER",
        "insurer, 協会けんぽ, INSURER_NOT_A_NUMBER",
        "insurer, 33120016, INSURER_CHECK_DIGIT",
        "insurer, 138017, INSURER_CHECK_DIGIT",
        "number, '', NUMBER_MISSING",
        "number, 123456789012345678901234567890123456789, NUMBER_TOO_LONG",
        "symbol, 123456789012345678901234567890123456789, SYMBOL_TOO_LONG",
        "branch, 123, BRANCH_INVALID",
        "branch, A1, BRANCH_INVALID",
        "copayPercent, '', COPAY_MISSING",
        "copayPercent, 101, COPAY_INVALID",
        "copayPercent, -10, COPAY_INVALID",
        "from, '', FROM_MISSING",
        "from, 2026-02-30, FROM_INVALID",
        "from, 令和8年4月1日, FROM_INVALID",
        "until, 2027-13-01, UNTIL_INVALID",
        "until, 2026-03-31, UNTIL_INVALID"
    })
    void what_is_wrong_is_said_of_the_field_that_is_wrong(String field, String typed, Problem problem) {
        assertThat(CoverageFields.of(with(field, typed))).isEqualTo(Outcome.refused(problem));
        assertThat(problem.field()).isEqualTo(field);
    }

    private static Map<String, String> with(String field, String typed) {
        Map<String, String> fields = new HashMap<>(WHOLE);
        fields.put(field, typed);
        return fields;
    }

    private static Coverage coverage(String symbol) {
        return new Coverage(
                new InsurerNumber("33120015"),
                symbol,
                "567",
                "01",
                30,
                LocalDate.of(2026, 4, 1),
                LocalDate.of(2027, 3, 31));
    }
}
