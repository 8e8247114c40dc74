package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CertificateNoteTest {
    @ParameterizedTest
    @CsvSource({
        "2027-02-17, 2022-02-16, NONE",
        "2027-02-17, 2022-02-17, NEW",
        "2027-02-17, 2022-02-24, NEW",
        "2027-02-17, 2022-02-25, NONE",
        "2027-02-17, 2026-11-16, NONE",
        "2027-02-17, 2026-11-17, EXPIRES",
        "2027-02-17, 2027-02-17, EXPIRES",
        "2027-02-17, 2027-02-18, GRACE",
        "2027-02-17, 2027-05-31, GRACE",
        "2027-02-17, 2027-06-01, EXPIRED"
    })
    void a_certificate_serves_until_three_months_after_the_month_it_ends_in(
            LocalDate ends, LocalDate today, CertificateNote expected) {
        assertThat(CertificateNote.of(ends.minusYears(5), ends, today)).isEqualTo(expected);
    }
}
