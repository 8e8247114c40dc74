package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HexFormat;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.InstitutionCode;
import org.junit.jupiter.api.Test;

final class CardEvidenceTest {
    private static final CheckId CHECK = CheckId.parse("01980000-0000-7001-8000-000000000000");

    @Test
    void a_card_signs_check_clinic_and_day_of_treatment() {
        byte[] content =
                CardEvidence.signedContent(CHECK, new InstitutionCode("1390000011"), LocalDate.of(2026, 11, 3));

        assertThat(HexFormat.of().formatHex(content))
                .isEqualTo("01980000000070018000000000000000" + "31333930303030303131" + "323032362d31312d3033");
    }

    @Test
    void card_evidence_comes_back_as_it_was() {
        var withPin = new CardAttachment(CHECK, new byte[1_500], new byte[256]);
        var byFace = new CardAttachment(CHECK, new byte[1_500], null);

        assertThat(AttachmentCodec.decode(AttachmentCodec.encode(withPin))).isEqualTo(withPin);
        assertThat(AttachmentCodec.decode(AttachmentCodec.encode(byFace))).isEqualTo(byFace);
    }

    @Test
    void card_evidence_does_not_show_itself() {
        assertThat(new CardAttachment(CHECK, new byte[] {77}, null).toString())
                .isEqualTo("CardAttachment[" + CHECK + "]");
    }
}
