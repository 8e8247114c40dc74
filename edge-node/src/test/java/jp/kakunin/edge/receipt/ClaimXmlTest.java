package jp.kakunin.edge.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import javax.xml.parsers.DocumentBuilderFactory;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

final class ClaimXmlTest {
    private final Clinic clinic = new Clinic(3);
    private final PatientId patient = clinic.ids.patient();

    @ParameterizedTest
    @EnumSource(ReceiptCharset.class)
    void a_confirmed_visit_reads_like_a_result_of_the_authority(ReceiptCharset charset) throws Exception {
        Fact.CheckRecorded check = clinic.confirmed(patient);
        clinic.add(
                new Fact.ReferenceSet(clinic.envelope(patient, check.envelope().month()), "A-42"));
        Document xml = parsed(ClaimXml.of(only(), charset).bytes());

        assertThat(xml.getXmlEncoding()).isEqualTo(charset.declared());
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("XmlMsg");
        assertThat(text(xml, "ProcessExecutionTime")).isEqualTo("20261120120001");
        assertThat(text(xml, "QualificationConfirmationDate")).isEqualTo("20261120");
        assertThat(text(xml, "MedicalInstitutionCode")).isEqualTo("1380000016");
        assertThat(text(xml, "ArbitraryFileIdentifier")).isEqualTo(check.visit().toString());
        assertThat(text(xml, "ReferenceClassification")).isEqualTo("1");
        assertThat(text(xml, "SegmentOfResult")).isEqualTo("1");
        assertThat(text(xml, "ProcessingResultStatus")).isEqualTo("1");
        assertThat(text(xml, "ProcessingResultCode")).isEmpty();
        assertThat(text(xml, "QualificationValidity")).isEqualTo("1");
        assertThat(text(xml, "ReferenceNumber")).isEqualTo("A-42");
        assertThat(text(xml, "InsurerNumber"))
                .isEqualTo(Clinic.COVERAGE.insurer().digits());
        assertThat(text(xml, "Name")).isEqualTo("髙橋　花子");
        assertThat(text(xml, "NameKana")).isEqualTo("ﾀｶﾊｼ ﾊﾅｺ");
        assertThat(text(xml, "InsuredName")).isEqualTo("髙橋　一郎");
        assertThat(text(xml, "PersonalFamilyClassification")).isEqualTo("2");
        assertThat(text(xml, "Address")).isEqualTo("見本県見本市一丁目");
        assertThat(text(xml, "PostNumber")).isEqualTo("100-0000");
        assertThat(text(xml, "Birthdate")).isEqualTo("19850412");
        assertThat(text(xml, "InsuredPartialContributionRatio")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"髙橋", "山﨑", "濵田", "●田", "ﾊﾞ ﾞﾟ", "ー－‐―", "東　京", "①Ⅲ㈱", "<&>\"'"})
    void letters_that_windows_31j_has_come_through_both(String name) throws Exception {
        valid(name);

        for (ReceiptCharset charset : ReceiptCharset.values()) {
            ClaimXml xml = ClaimXml.of(only(), charset);
            assertThat(text(parsed(xml.bytes()), "Name")).isEqualTo(name);
            assertThat(xml.replaced()).isZero();
        }
    }

    @Test
    void letters_that_the_charset_lacks_become_black_dots_and_are_counted() throws Exception {
        valid("𠮷田\u0001　草彅 é");

        ClaimXml narrow = ClaimXml.of(only(), ReceiptCharset.WINDOWS_31J);
        ClaimXml wide = ClaimXml.of(only(), ReceiptCharset.UTF_8);

        assertThat(text(parsed(narrow.bytes()), "Name")).isEqualTo("●田●　草彅 ●");
        assertThat(narrow.replaced()).isEqualTo(3);
        assertThat(text(parsed(narrow.bytes()), "ProcessingResultMessage")).contains("3文字を●に置換");
        assertThat(text(parsed(wide.bytes()), "Name")).isEqualTo("𠮷田●　草彅 é");
        assertThat(wide.replaced()).isEqualTo(1);
    }

    @Test
    void the_two_decodings_of_the_same_bytes_are_one_sign() throws Exception {
        valid("〜−—‖¢");

        byte[] bytes = ClaimXml.of(only(), ReceiptCharset.WINDOWS_31J).bytes();

        assertThat(text(parsed(bytes), "Name")).isEqualTo("～－―∥￠");
        assertThat(new String(bytes, Charset.forName("windows-31j")))
                .contains("encoding=\"Shift_JIS\" standalone=\"no\"");
    }

    @Test
    void those_of_75_and_older_have_a_share_and_no_symbol() throws Exception {
        Coverage late =
                new Coverage(InsurerNumber.ofBody("3913907"), "", "90712345", "", 10, LocalDate.of(2019, 3, 30), null);
        clinic.answer(clinic.card(patient), new Answer.Valid(late, Clinic.HANAKO, Particulars.NONE));

        Document xml = parsed(ClaimXml.of(only(), ReceiptCharset.WINDOWS_31J).bytes());

        assertThat(text(xml, "InsuredPartialContributionRatio")).isEqualTo("010");
        assertThat(xml.getElementsByTagName("InsuredCardSymbol").getLength()).isZero();
        assertThat(xml.getElementsByTagName("Address").getLength()).isZero();
    }

    @Test
    void what_the_authority_did_not_say_is_not_said_in_its_name() throws Exception {
        clinic.card(patient);
        assertThat(text(written(), "SegmentOfResult")).isEqualTo("2");
        assertThat(text(written(), "QualificationValidity")).isEmpty();

        clinic.check(clinic.ids.patient(), Clinic.DAY, VisitKind.INITIAL, new Evidence.None(Evidence.Reason.NO_CARD));
        Document deferred = parsed(ClaimXml.of(last(), ReceiptCharset.UTF_8).bytes());
        assertThat(text(deferred, "ProcessingResultStatus")).isEqualTo("2");
        assertThat(text(deferred, "ProcessingResultCode")).isEqualTo("KKN-DEFERRED");
        assertThat(text(deferred, "QualificationValidity")).isEmpty();
    }

    @Test
    void a_contested_visit_shows_the_denial_beside_the_proof() throws Exception {
        clinic.contest(clinic.confirmed(patient));

        Document xml = written();

        assertThat(text(xml, "QualificationValidity")).isEqualTo("4");
        assertThat(text(xml, "ProcessingResultCode")).isEqualTo("KKN-CONTESTED");
        assertThat(text(xml, "InsuredIdentificationNumber")).isEqualTo("101");
    }

    private void valid(String name) {
        Insured insured = new Insured(name, "ｶﾅ", LocalDate.of(1980, 1, 1));
        clinic.answer(clinic.card(patient), new Answer.Valid(Clinic.COVERAGE, insured, Particulars.NONE));
    }

    private ClaimVisit only() {
        return clinic.changes().look().join().book().visits().firstEntry().getValue();
    }

    private ClaimVisit last() {
        return clinic.changes().look().join().book().visits().lastEntry().getValue();
    }

    private Document written() throws Exception {
        return parsed(ClaimXml.of(only(), ReceiptCharset.UTF_8).bytes());
    }

    /// As a receipt computer that knows the trap reads it: what is declared Shift_JIS is windows-31j.
    private static Document parsed(byte[] bytes) throws Exception {
        String head = new String(bytes, StandardCharsets.ISO_8859_1);
        Charset charset = head.contains("Shift_JIS") ? Charset.forName("windows-31j") : StandardCharsets.UTF_8;
        org.xml.sax.InputSource source = new org.xml.sax.InputSource(new ByteArrayInputStream(bytes));
        source.setEncoding(charset.name());
        return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(source);
    }

    private static String text(Document xml, String element) {
        NodeList found = xml.getElementsByTagName(element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
