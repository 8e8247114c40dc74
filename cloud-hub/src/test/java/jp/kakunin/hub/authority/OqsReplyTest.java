package jp.kakunin.hub.authority;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Particulars.Relation;
import jp.kakunin.domain.Particulars.Sex;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import jp.kakunin.hub.testing.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OqsReplyTest {
    private static final String RESULT = """
            <ResultOfQualificationConfirmation>
              <InsurerNumber>  138016</InsurerNumber>
              <InsuredCardSymbol>記号</InsuredCardSymbol>
              <InsuredIdentificationNumber>1</InsuredIdentificationNumber>
              <InsuredBranchNumber>01</InsuredBranchNumber>
              <Name>●橋　﨑</Name><NameKana>ﾊｼ ｻｷ</NameKana><Birthdate>19800131</Birthdate>
              <QualificationDate>20200401</QualificationDate>
            </ResultOfQualificationConfirmation>""";

    private final Inquiry inquiry = new Inquiry.ByCard(new Sample(3).ids.check(), CLINIC, TODAY, new byte[] {1});

    @Test
    void a_reply_is_read_as_it_stands() {
        Answer.Valid valid = valid(RESULT);

        assertThat(valid.coverage().insurer().digits()).isEqualTo("138016");
        assertThat(valid.coverage().symbol()).isEqualTo("記号");
        assertThat(valid.coverage().copayPercent()).isEqualTo(30);
        assertThat(valid.coverage().from()).isEqualTo(LocalDate.of(2020, 4, 1));
        assertThat(valid.coverage().until()).isNull();
        assertThat(valid.insured().name()).isEqualTo("●橋　﨑");
        assertThat(valid.insured().kana()).isEqualTo("ﾊｼ ｻｷ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shift_JIS", "windows-31j", "CP932"})
    void the_declaration_says_the_charset(String declared) {
        String xml = reply(body("1", RESULT)).replace("UTF-8", declared);

        assertThat(OqsReply.read(xml.getBytes(OqsXml.WINDOWS_31J), inquiry, NOW))
                .isInstanceOfSatisfying(
                        AuthorityResult.Answered.class,
                        answered -> assertThat(((Answer.Valid) answered.answer())
                                        .insured()
                                        .name())
                                .isEqualTo("●橋　﨑"));
    }

    @Test
    void another_charset_than_the_declared_one_is_no_answer() {
        String utf8 = reply(body("1", RESULT));

        assertThat(OqsReply.read(utf8.getBytes(OqsXml.WINDOWS_31J), inquiry, NOW))
                .isEqualTo(abnormal());
        assertThat(OqsReply.read(utf8.replace("UTF-8", "EUC-JP").getBytes(Charset.forName("EUC-JP")), inquiry, NOW))
                .isEqualTo(abnormal());
    }

    @ParameterizedTest
    @CsvSource({"2,Invalid", "3,InvalidNewerExists", "4,NotFound", "5,Several", "6,ValidUnregistered"})
    void each_validity_is_an_answer_of_its_own(String code, String answer) {
        assertThat(answer(body(code, "")).getClass().getSimpleName()).isEqualTo(answer);
    }

    @Test
    void the_day_before_the_loss_is_the_last_in_force() {
        String lost = with("<DisqualificationDate>20261121</DisqualificationDate>");
        assertThat(valid(lost).coverage().until()).isEqualTo(TODAY);

        String lostToday = with("<DisqualificationDate>20261120</DisqualificationDate>");
        assertThat(ask(reply(body("1", lostToday)))).isEqualTo(abnormal());
        assertThat(answer(body("2", lostToday)))
                .isInstanceOfSatisfying(
                        Answer.Invalid.class,
                        invalid -> assertThat(invalid.ended())
                                .isNotNull()
                                .extracting(Coverage::until)
                                .isEqualTo(TODAY.minusDays(1)));
    }

    @Test
    void of_several_results_of_a_month_the_day_decides() {
        String old = with("<DisqualificationDate>20261115</DisqualificationDate>");
        String begun = RESULT.replace("20200401", "20261115").replace(">1<", ">2<");

        assertThat(valid(old + begun).coverage().number()).isEqualTo("2");
        assertThat(answer(body("1", RESULT + begun))).isEqualTo(new Answer.Several());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<InsuredPartialContributionRatio>010</InsuredPartialContributionRatio> | 10",
                "<PreschoolClassification>1</PreschoolClassification> | 20",
                "<ElderlyRecipientCertificateInfo><ElderlyRecipientContributionRatio>020</ElderlyRecipientContributionRatio></ElderlyRecipientCertificateInfo> | 20",
                "<ElderlyRecipientCertificateInfo><ElderlyRecipientValidEndDate>20261119</ElderlyRecipientValidEndDate><ElderlyRecipientContributionRatio>020</ElderlyRecipientContributionRatio></ElderlyRecipientCertificateInfo> | 30"
            })
    void the_share_comes_from_where_it_stands(String element, int percent) {
        assertThat(valid(with(element)).coverage().copayPercent()).isEqualTo(percent);
    }

    @Test
    void what_claim_forms_ask_for_is_read_and_decides_nothing() {
        String told = """
                <PostNumber>1000000</PostNumber><Address>見本県見本市●丁目</Address><InsurerName>見本組合</InsurerName>
                <InsuredName>見本　太郎</InsuredName><PersonalFamilyClassification>2</PersonalFamilyClassification>
                <Sex1>2</Sex1><ElderlyRecipientCertificateInfo>
                <ElderlyRecipientContributionRatio>020</ElderlyRecipientContributionRatio></ElderlyRecipientCertificateInfo>""";

        assertThat(valid(with(told)).particulars())
                .isEqualTo(new Particulars(
                        "1000000", "見本県見本市●丁目", "見本組合", "見本　太郎", Relation.FAMILY, Sex.FEMALE, false, 20));
        assertThat(valid(with("<Address>" + "あ".repeat(201) + "</Address><Sex1>x</Sex1>"))
                        .particulars())
                .isEqualTo(Particulars.NONE);
    }

    @Test
    void without_a_date_it_speaks_for_the_day_alone() {
        String undated = RESULT.replace("<QualificationDate>20200401</QualificationDate>", "");

        assertThat(valid(undated).coverage().from()).isEqualTo(TODAY);
    }

    @Test
    void it_was_answered_when_it_was_processed_but_never_in_the_future() {
        String xml = reply(body("4", ""));

        assertThat(ask(xml)).isEqualTo(answered(Instant.parse("2026-11-20T02:59:58Z"), new Answer.NotFound()));
        assertThat(ask(xml.replace("20261120115958", "20270101000000")))
                .isEqualTo(answered(NOW, new Answer.NotFound()));
    }

    @Test
    void processing_is_no_answer() {
        assertThat(ask(reply("").replace("<SegmentOfResult>1", "<SegmentOfResult>2")))
                .isEqualTo(new AuthorityResult.NoAnswer(Cause.PROCESSING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<SegmentOfResult>1|<SegmentOfResult>9",
                "<SegmentOfResult>1|<SegmentOfResult>3",
                "<SegmentOfResult>1|<SegmentOfResult>",
                "<QualificationValidity>4|<QualificationValidity>7",
                "<QualificationValidity>4|<QualificationValidity>1",
                "<ProcessingResultStatus>1|<ProcessingResultStatus>2",
                "<MedicalInstitutionCode>1380000016|<MedicalInstitutionCode>1390000029",
                "<QualificationConfirmationDate>20261120|<QualificationConfirmationDate>20261119",
                "<ArbitraryFileIdentifier>|<ArbitraryFileIdentifier>0",
                "<ProcessExecutionTime>2026|<ProcessExecutionTime>",
                "</XmlMsg>|",
                "<XmlMsg>|<!DOCTYPE XmlMsg SYSTEM \"file:///etc/hostname\"><XmlMsg>",
                "<XmlMsg>|<!DOCTYPE XmlMsg [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><XmlMsg>",
                "<XmlMsg>|<!DOCTYPE XmlMsg [<!ENTITY x \"4\">]><XmlMsg>"
            })
    void what_is_abnormal_or_about_another_question_is_no_answer(String change) {
        String[] parts = change.split("\\|", -1);
        String xml = reply(body("4", ""));
        assertThat(xml).contains(parts[0]);

        assertThat(ask(xml.replace(parts[0], parts[1]))).isEqualTo(abnormal());
    }

    @Test
    void bad_evidence_is_told_by_its_code() {
        assertThat(ask(reply("<ProcessingResultStatus>2</ProcessingResultStatus>"
                        + "<ProcessingResultCode>KKN-SIGNATURE</ProcessingResultCode>")))
                .isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.SIGNATURE_WRONG));
    }

    @Test
    void P8_what_is_too_large_deep_or_long_is_no_answer() {
        String much = "<a/>".repeat(OqsXml.ELEMENTS_MAX);
        String deep = "<a>".repeat(OqsXml.DEPTH_MAX) + "</a>".repeat(OqsXml.DEPTH_MAX);
        String longText = "<a>" + "x".repeat(OqsXml.TEXT_CHARS_MAX + 1) + "</a>";
        String large = " ".repeat(OqsXml.MESSAGE_BYTES_MAX);

        for (String addition : new String[] {much, deep, longText, large}) {
            assertThat(ask(reply(body("4", "") + addition))).isEqualTo(abnormal());
        }
    }

    @Test
    void whatever_comes_is_a_result() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        byte[] good = reply(body("1", RESULT)).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.clone();
            for (int flips = random.nextInt(5); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(OqsReply.read(bytes, inquiry, NOW))
                    .as("seed %d, round %d", seed, i)
                    .isNotNull();
        }
    }

    private AuthorityResult ask(String xml) {
        return OqsReply.read(xml.getBytes(StandardCharsets.UTF_8), inquiry, NOW);
    }

    private Answer answer(String body) {
        assertThat(ask(reply(body))).isInstanceOf(AuthorityResult.Answered.class);
        return ((AuthorityResult.Answered) ask(reply(body))).answer();
    }

    private Answer.Valid valid(String results) {
        return (Answer.Valid) answer(body("1", results));
    }

    private static String with(String element) {
        return RESULT.replace("</ResultOf", element + "</ResultOf");
    }

    private static AuthorityResult answered(Instant at, Answer answer) {
        return new AuthorityResult.Answered(TODAY, at, answer);
    }

    private static AuthorityResult abnormal() {
        return new AuthorityResult.NoAnswer(Cause.ABNORMAL);
    }

    private static String body(String validity, String results) {
        return "<ProcessingResultStatus>1</ProcessingResultStatus><QualificationValidity>" + validity
                + "</QualificationValidity><ResultList>" + results + "</ResultList>";
    }

    private String reply(String body) {
        return """
                <?xml version="1.0" encoding="UTF-8" standalone="no"?>
                <XmlMsg><MessageHeader>
                  <ProcessExecutionTime>20261120115958</ProcessExecutionTime>
                  <QualificationConfirmationDate>20261120</QualificationConfirmationDate>
                  <MedicalInstitutionCode>1380000016</MedicalInstitutionCode>
                  <ArbitraryFileIdentifier>%s</ArbitraryFileIdentifier>
                  <ReferenceClassification>1</ReferenceClassification>
                  <SegmentOfResult>1</SegmentOfResult>
                  <CharacterCodeIdentifier>1</CharacterCodeIdentifier>
                </MessageHeader><MessageBody>%s</MessageBody></XmlMsg>
                """.formatted(OqsQuestion.identifier(inquiry), body);
    }
}
