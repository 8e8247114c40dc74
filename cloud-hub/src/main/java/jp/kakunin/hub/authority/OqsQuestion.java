package jp.kakunin.hub.authority;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import jp.kakunin.codec.CardEvidence;
import jp.kakunin.domain.Digest;

/// A question as an OQS message. How card evidence travels is not public: here in an element of its own, see decision
/// 12.
final class OqsQuestion {
    static final String BY_CARD = "1";
    static final String BY_NUMBER = "2";
    static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

    private static final int IDENTIFIER_BYTES = 16;

    private OqsQuestion() {}

    /// The same question has always the same identifier, also after a restart, so that asking again is no second
    /// question. It tells nobody which check it is.
    static String identifier(Inquiry inquiry) {
        byte[] content = CardEvidence.signedContent(inquiry.check(), inquiry.clinic(), inquiry.asOf());
        return HexFormat.of().formatHex(Digest.of(content).bytes(), 0, IDENTIFIER_BYTES);
    }

    static byte[] byCard(Inquiry.ByCard inquiry, CardInHand card) throws CertificateEncodingException {
        Base64.Encoder base64 = Base64.getEncoder();
        List<OqsNode> evidence = new ArrayList<>();
        evidence.add(OqsNode.of("CheckIdentifier", inquiry.check().toString()));
        evidence.add(OqsNode.of(
                "Certificate", base64.encodeToString(card.certificate().getEncoded())));
        byte[] signature = card.signature();
        if (signature != null) {
            evidence.add(OqsNode.of("Signature", base64.encodeToString(signature)));
        }
        return message(inquiry, BY_CARD, new OqsNode("CardEvidence", "", evidence));
    }

    static byte[] byNumber(Inquiry.ByNumber inquiry) {
        List<OqsNode> search = new ArrayList<>(Arrays.asList(
                OqsNode.of("InsurerNumber", inquiry.insurer().digits()),
                OqsNode.of("InsuredCardSymbol", inquiry.symbol()),
                OqsNode.of("InsuredIdentificationNumber", inquiry.number()),
                OqsNode.of("InsuredBranchNumber", inquiry.branch()),
                OqsNode.of("Birthdate", inquiry.birthDate().format(DAY)),
                OqsNode.of("LimitApplicationCertificateRelatedConsFlg", "0")));
        search.removeIf(element -> element.text().isEmpty());
        return message(inquiry, BY_NUMBER, new OqsNode("QualificationConfirmSearchInfo", "", search));
    }

    private static byte[] message(Inquiry inquiry, String classification, OqsNode content) {
        OqsNode header = OqsNode.of(
                "MessageHeader",
                OqsNode.of("QualificationConfirmationDate", inquiry.asOf().format(DAY)),
                OqsNode.of("MedicalInstitutionCode", inquiry.clinic().digits()),
                OqsNode.of("ArbitraryFileIdentifier", identifier(inquiry)),
                OqsNode.of("ReferenceClassification", classification),
                OqsNode.of("CharacterCodeIdentifier", "0"));
        return OqsXml.write(OqsNode.of("XmlMsg", header, OqsNode.of("MessageBody", content)), StandardCharsets.UTF_8);
    }
}
