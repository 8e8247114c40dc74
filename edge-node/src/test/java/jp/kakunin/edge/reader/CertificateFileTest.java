package jp.kakunin.edge.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFileTest {
    @ParameterizedTest
    @CsvSource({"30820100AA, 260", "308180AA, 131", "30050000, 7", "30821FFC, 8192"})
    void the_length_is_the_one_the_certificate_says(String hex, int expected) throws Exception {
        assertThat(CertificateFile.length(HexFormat.of().parseHex(hex))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3082", "31820100", "5A5A5A5A", "30821FFD", "3083010000", "3080AAAA"})
    void what_is_no_certificate_of_a_sane_length_is_refused(String hex) {
        assertThatThrownBy(() -> CertificateFile.length(HexFormat.of().parseHex(hex)))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.fault()).isEqualTo(ReaderFault.CERTIFICATE_UNREADABLE));
    }
}
