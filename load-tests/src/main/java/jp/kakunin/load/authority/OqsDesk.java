package jp.kakunin.load.authority;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.authority.CardInHand;
import jp.kakunin.hub.authority.Inquiry;
import jp.kakunin.hub.authority.OqsNode;
import jp.kakunin.hub.authority.OqsXml;
import jp.kakunin.hub.authority.Registry;
import org.jspecify.annotations.Nullable;

/// Answers one OQS message after the other from a registry. One that was answered is answered the same again, as the
/// identifier its asker gave it says.
final class OqsDesk {
    static final int ANSWERS_KEPT_MAX = 100_000;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    /// Insurers of six digits arrive padded to eight.
    private static final int INSURER_CHARS = 8;

    private static final int PERCENT = 100;

    private final Registry registry;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Integer> processing = bounded();
    private final Map<String, Reply> answers = bounded();
    private int asked;
    private int answeredTwice;

    private record Question(OqsNode header, OqsNode body) {
        String identifier() {
            return header.value("ArbitraryFileIdentifier");
        }

        LocalDate asOf() {
            return LocalDate.parse(header.value("QualificationConfirmationDate"), DAY);
        }

        InstitutionCode clinic() {
            return new InstitutionCode(header.value("MedicalInstitutionCode"));
        }

        boolean isByCard() {
            return header.value("ReferenceClassification").equals("1");
        }
    }

    private record Reply(Instant at, String segment, String errorCode, OqsNode body) {}

    OqsDesk(Registry registry, InstantSource clock, long seed) {
        this.registry = registry;
        this.clock = clock;
        this.random = new Random(seed);
    }

    synchronized int asked() {
        return asked;
    }

    /// Questions that came again after their answer.
    synchronized int answeredTwice() {
        return answeredTwice;
    }

    /// @throws IOException if the question is none
    synchronized byte[] answer(byte[] message, Faults faults) throws IOException {
        asked++;
        Question question = question(message);
        Reply reply = reply(question, faults);
        return bytes(question, reply, faults);
    }

    private static Question question(byte[] message) throws IOException {
        OqsNode root = OqsXml.read(message);
        try {
            Question question = new Question(root.child("MessageHeader"), root.child("MessageBody"));
            boolean complete = !question.identifier().isEmpty()
                    && !question.asOf().equals(LocalDate.MIN)
                    && !question.clinic().digits().isEmpty();
            if (!complete) {
                throw new IOException("the question has no identifier");
            }
            return question;
        } catch (RuntimeException e) {
            throw new IOException("the question lacks a part of its header", e);
        }
    }

    private Reply reply(Question question, Faults faults) throws IOException {
        Reply before = answers.get(question.identifier());
        if (before != null) {
            answeredTwice++;
            return before;
        }
        if (random.nextInt(PERCENT) < faults.abnormalPercent()) {
            return abnormal("KKN-ABNORMAL");
        }
        int told = processing.getOrDefault(question.identifier(), 0);
        if (told < faults.processingAsks()) {
            processing.put(question.identifier(), told + 1);
            return new Reply(clock.instant(), "2", "", OqsNode.of("MessageBody", ""));
        }
        processing.remove(question.identifier());
        try {
            Reply reply = question.isByCard() ? byCard(question, faults) : byNumber(question);
            if (reply.segment().equals("1")) {
                answers.put(question.identifier(), reply);
            }
            return reply;
        } catch (RuntimeException e) {
            throw new IOException("the question lacks a part of its body", e);
        }
    }

    private Reply abnormal(String code) {
        return new Reply(clock.instant(), "9", code, OqsNode.of("MessageBody", ""));
    }

    private Reply byCard(Question question, Faults faults) {
        OqsNode evidence = question.body().child("CardEvidence");
        String signature = evidence.value("Signature");
        CardInHand card;
        try {
            card = CardInHand.of(
                    Base64.getDecoder().decode(evidence.value("Certificate")),
                    signature.isEmpty() ? null : Base64.getDecoder().decode(signature));
        } catch (CertificateException _) {
            return failed("KKN-CERTIFICATE");
        }
        LocalDate begun =
                TreatmentMonth.dateAt(card.certificate().getNotBefore().toInstant());
        LocalDate renewedSince = faults.renewedSince();
        if (renewedSince != null && !begun.isBefore(renewedSince)) {
            return abnormal("KKN-JPKI");
        }
        if (!card.isFor(CheckId.parse(evidence.value("CheckIdentifier")), question.clinic(), question.asOf())) {
            return failed("KKN-SIGNATURE");
        }
        return answered(registry.byCard(card.certificate().getSerialNumber(), question.asOf(), today()), question);
    }

    private Reply byNumber(Question question) {
        OqsNode search = question.body().child("QualificationConfirmSearchInfo");
        Inquiry.ByNumber asked = new Inquiry.ByNumber(
                new CheckId(new UUID(0, 0)),
                question.clinic(),
                question.asOf(),
                new InsurerNumber(search.value("InsurerNumber")),
                search.value("InsuredCardSymbol"),
                search.value("InsuredIdentificationNumber"),
                search.value("InsuredBranchNumber"),
                LocalDate.parse(search.value("Birthdate"), DAY));
        return answered(registry.byNumber(asked, today()), question);
    }

    private LocalDate today() {
        return TreatmentMonth.dateAt(clock.instant());
    }

    private Reply failed(String code) {
        return new Reply(
                clock.instant(),
                "1",
                "",
                OqsNode.of(
                        "MessageBody",
                        OqsNode.of("ProcessingResultStatus", "2"),
                        OqsNode.of("ProcessingResultCode", code)));
    }

    private Reply answered(Answer answer, Question question) {
        String validity = switch (answer) {
            case Answer.Valid _ -> "1";
            case Answer.Invalid _ -> "2";
            case Answer.InvalidNewerExists _ -> "3";
            case Answer.NotFound _ -> "4";
            case Answer.Several _ -> "5";
            case Answer.ValidUnregistered _ -> "6";
        };
        List<OqsNode> results = new ArrayList<>();
        Coverage coverage = answer.coverage();
        if (coverage != null) {
            results.add(result(coverage, answer instanceof Answer.Valid valid ? valid : null));
        }
        return new Reply(
                clock.instant(),
                "1",
                "",
                OqsNode.of(
                        "MessageBody",
                        question.body().child("QualificationConfirmSearchInfo"),
                        OqsNode.of("ProcessingResultStatus", "1"),
                        OqsNode.of("QualificationValidity", validity),
                        new OqsNode("ResultList", "", results)));
    }

    private static OqsNode result(Coverage coverage, Answer.@Nullable Valid valid) {
        List<OqsNode> elements = new ArrayList<>();
        elements.add(OqsNode.of("InsuredCardClassification", "01"));
        String insurer = coverage.insurer().digits();
        elements.add(OqsNode.of("InsurerNumber", " ".repeat(INSURER_CHARS - insurer.length()) + insurer));
        elements.add(OqsNode.of("InsuredCardSymbol", coverage.symbol()));
        elements.add(OqsNode.of("InsuredIdentificationNumber", coverage.number()));
        elements.add(OqsNode.of("InsuredBranchNumber", coverage.branch()));
        if (valid != null) {
            elements.add(OqsNode.of("Name", valid.insured().name()));
            elements.add(OqsNode.of("NameKana", valid.insured().kana()));
            elements.add(OqsNode.of("Birthdate", valid.insured().birthDate().format(DAY)));
        }
        if (valid != null) {
            elements.addAll(OqsParticularsNodes.of(valid.particulars()));
        }
        elements.add(OqsNode.of("QualificationDate", coverage.from().format(DAY)));
        LocalDate until = coverage.until();
        if (until != null) {
            elements.add(OqsNode.of("DisqualificationDate", until.plusDays(1).format(DAY)));
        }
        elements.add(OqsNode.of("InsuredPartialContributionRatio", String.format("%03d", coverage.copayPercent())));
        return new OqsNode("ResultOfQualificationConfirmation", "", elements);
    }

    private static byte[] bytes(Question question, Reply reply, Faults faults) {
        ZonedDateTime at = reply.at().atZone(TreatmentMonth.JAPAN);
        boolean utf8 = faults.charset() == Faults.CharsetName.UTF_8;
        OqsNode header = OqsNode.of(
                "MessageHeader",
                OqsNode.of("ProcessExecutionTime", at.format(TIME)),
                question.header().child("QualificationConfirmationDate"),
                question.header().child("MedicalInstitutionCode"),
                question.header().child("ArbitraryFileIdentifier"),
                question.header().child("ReferenceClassification"),
                OqsNode.of("SegmentOfResult", reply.segment()),
                OqsNode.of("ErrorCode", reply.errorCode()),
                OqsNode.of("CharacterCodeIdentifier", utf8 ? "0" : "1"));
        OqsNode message = OqsNode.of("XmlMsg", header, reply.body());
        Charset charset = utf8 ? StandardCharsets.UTF_8 : OqsXml.WINDOWS_31J;
        if (!utf8 || faults.blackDots()) {
            message = BlackDots.in(message);
        }
        byte[] bytes = OqsXml.write(message, charset);
        return faults.wrongCharset() ? WrongCharset.of(bytes, charset) : bytes;
    }

    /// The oldest are forgotten.
    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > ANSWERS_KEPT_MAX;
            }
        };
    }
}
