package jp.kakunin.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;

/// What a card signs when the PIN is given: that it was shown at this clinic for this day's treatment.
///
///     | check: 16 | clinic: 10 digits, ASCII | treatment date: yyyy-mm-dd, ASCII |
public final class CardEvidence {
    private CardEvidence() {}

    public static byte[] signedContent(CheckId check, InstitutionCode clinic, LocalDate treatmentDate) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(Ids.bytes(check.value()));
        content.writeBytes(clinic.digits().getBytes(StandardCharsets.US_ASCII));
        content.writeBytes(treatmentDate.toString().getBytes(StandardCharsets.US_ASCII));
        return content.toByteArray();
    }
}
