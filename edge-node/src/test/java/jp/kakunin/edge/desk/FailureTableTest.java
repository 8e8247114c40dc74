package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way to fail that a clinic may meet has a code, and every code says what to do: `failures.md` in the test
/// resources.
final class FailureTableTest {
    private static final Path DOCUMENT = Path.of("../ops/error-codes.md");

    /// A remedy asks for something, or says that nothing is to be done.
    private static final Pattern REMEDY = Pattern.compile("ください|自動で|続けられます|構いません|窓口です|まで資格確認|置かれています");

    static List<Codes.Row> rows() throws IOException {
        return Codes.table();
    }

    static List<Codes.Code> codes() {
        return Codes.all();
    }

    @Test
    void the_classes_are_those_of_the_failure_taxonomy_and_this_pc() throws IOException {
        assertThat(Codes.table().stream().map(Codes.Row::failure).distinct())
                .containsExactly(
                        "reader",
                        "card",
                        "PIN",
                        "certificate",
                        "line",
                        "hub",
                        "authority",
                        "negative",
                        "data quality",
                        "device auth",
                        "this PC");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatever_happens_has_a_code_of_the_product(Codes.Row row) {
        assertThat(row.codes()).isNotEmpty();
        assertThat(Codes.all().stream().map(Codes.Code::code)).containsAll(row.codes());
    }

    @ParameterizedTest
    @MethodSource("codes")
    void a_code_tells_staff_and_supplier_different_things_in_both_languages(Codes.Code code) {
        assertThat(List.of(code.staff(), code.supplier(), code.staffEnglish(), code.supplierEnglish()))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void of_the_codes_for_what_happened_the_staff_are_told_a_remedy(Codes.Row row) {
        assertThat(Codes.all())
                .filteredOn(code -> row.codes().contains(code.code()))
                .as(row.what())
                .anyMatch(code -> REMEDY.matcher(code.staff()).find());
    }

    @Test
    void no_code_is_used_twice() {
        assertThat(Codes.all().stream().map(Codes.Code::code)).doesNotHaveDuplicates();
    }

    @Test
    void the_paper_for_the_supplier_is_what_the_program_says() throws IOException {
        String document = Codes.document();
        if (!Files.exists(DOCUMENT) || !Files.readString(DOCUMENT).equals(document)) {
            Files.writeString(Path.of("target/error-codes.md"), document);
        }

        assertThat(DOCUMENT)
                .as("now: cp edge-node/target/error-codes.md ops/error-codes.md")
                .hasContent(document);
    }
}
