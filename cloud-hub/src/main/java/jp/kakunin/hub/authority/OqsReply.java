package jp.kakunin.hub.authority;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import org.jspecify.annotations.Nullable;

/// What an OQS reply says about the question it was asked. Whatever is not understood is no answer: nobody is told
/// 無効 because of a message.
final class OqsReply {
    /// Codes of the adapter and its simulator, for what no public code list names.
    static final String NOT_A_CERTIFICATE = "KKN-CERTIFICATE";

    static final String SIGNATURE_WRONG = "KKN-SIGNATURE";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    private static final AuthorityResult ABNORMAL = new AuthorityResult.NoAnswer(Cause.ABNORMAL);
    private static final int COPAY_PERCENT = 30;
    private static final int PRESCHOOL_COPAY_PERCENT = 20;

    private final OqsNode header;
    private final OqsNode body;
    private final LocalDate asOf;

    private OqsReply(OqsNode message, LocalDate asOf) {
        this.header = message.child("MessageHeader");
        this.body = message.child("MessageBody");
        this.asOf = asOf;
    }

    static AuthorityResult read(byte[] bytes, Inquiry inquiry, Instant now) {
        try {
            OqsReply reply = new OqsReply(OqsXml.read(bytes), inquiry.asOf());
            return reply.isAbout(inquiry) ? reply.result(now) : ABNORMAL;
        } catch (IOException | DateTimeException | IllegalArgumentException _) {
            return ABNORMAL;
        }
    }

    /// A reply to somebody else's question must not become this patient's answer.
    private boolean isAbout(Inquiry inquiry) {
        return header.value("ArbitraryFileIdentifier").equals(OqsQuestion.identifier(inquiry))
                && header.value("MedicalInstitutionCode")
                        .equals(inquiry.clinic().digits())
                && header.value("QualificationConfirmationDate")
                        .equals(inquiry.asOf().format(OqsQuestion.DAY));
    }

    private AuthorityResult result(Instant now) {
        return switch (header.value("SegmentOfResult")) {
            case "1" ->
                body.value("ProcessingResultStatus").equals("1")
                        ? new AuthorityResult.Answered(asOf, answeredAt(now), answer())
                        : failed();
            case "2" -> new AuthorityResult.NoAnswer(Cause.PROCESSING);
            default -> ABNORMAL;
        };
    }

    private AuthorityResult failed() {
        return switch (body.value("ProcessingResultCode")) {
            case NOT_A_CERTIFICATE -> new AuthorityResult.Unusable(EvidenceFlaw.NOT_A_CERTIFICATE);
            case SIGNATURE_WRONG -> new AuthorityResult.Unusable(EvidenceFlaw.SIGNATURE_WRONG);
            default -> ABNORMAL;
        };
    }

    /// When it was processed, in Japan's time: an answer given again to the same question is as old as at first.
    private Instant answeredAt(Instant now) {
        Instant processed = LocalDateTime.parse(header.value("ProcessExecutionTime"), TIME)
                .atZone(TreatmentMonth.JAPAN)
                .toInstant();
        return processed.isAfter(now) ? now : processed;
    }

    private Answer answer() {
        return switch (body.value("QualificationValidity")) {
            case "1" -> valid();
            case "2" -> new Answer.Invalid(ended());
            case "3" -> new Answer.InvalidNewerExists(ended());
            case "4" -> new Answer.NotFound();
            case "5" -> new Answer.Several();
            case "6" -> new Answer.ValidUnregistered();
            default -> throw new IllegalArgumentException("unknown QualificationValidity");
        };
    }

    private List<OqsNode> results() {
        return body.child("ResultList").all("ResultOfQualificationConfirmation").toList();
    }

    /// A change of insurer in the month brings several results; the day asked for decides.
    private Answer valid() {
        List<OqsNode> inForce = results().stream()
                .filter(result -> coverage(result).inForceOn(asOf))
                .toList();
        return switch (inForce.size()) {
            case 0 -> throw new IllegalArgumentException("valid, but no coverage of that day");
            case 1 -> valid(inForce.getFirst());
            default -> new Answer.Several();
        };
    }

    private Answer valid(OqsNode result) {
        return new Answer.Valid(coverage(result), insured(result), OqsParticulars.of(result));
    }

    private @Nullable Coverage ended() {
        Optional<Coverage> ended = results().stream()
                .map(this::coverage)
                .filter(coverage -> coverage.endsBefore(asOf))
                .max(Comparator.comparing(Coverage::from));
        return ended.orElse(null);
    }

    private Coverage coverage(OqsNode result) {
        LocalDate from = first(date(result, "QualificationDate"), date(result, "InsuredCardValidDate"));
        return new Coverage(
                new InsurerNumber(result.value("InsurerNumber")),
                result.value("InsuredCardSymbol"),
                required(result, "InsuredIdentificationNumber"),
                result.value("InsuredBranchNumber"),
                copayPercent(result),
                // Without a date it speaks for the day asked for alone.
                from == null ? asOf : from,
                until(result));
    }

    /// The last day in force: the one before 喪失日, or the last of the card's own term.
    private static @Nullable LocalDate until(OqsNode result) {
        LocalDate lost = date(result, "DisqualificationDate");
        LocalDate lastDay = lost == null ? null : lost.minusDays(1);
        LocalDate expires = date(result, "InsuredCardExpirationDate");
        return lastDay == null || (expires != null && expires.isBefore(lastDay)) ? expires : lastDay;
    }

    private int copayPercent(OqsNode result) {
        String late = result.value("InsuredPartialContributionRatio");
        if (!late.isEmpty()) {
            return Integer.parseInt(late);
        }
        OqsNode elderly = result.child("ElderlyRecipientCertificateInfo");
        String ratio = elderly.value("ElderlyRecipientContributionRatio");
        LocalDate start = date(elderly, "ElderlyRecipientValidStartDate");
        LocalDate end = date(elderly, "ElderlyRecipientValidEndDate");
        boolean holds = (start == null || !asOf.isBefore(start)) && (end == null || !asOf.isAfter(end));
        if (!ratio.isEmpty() && holds) {
            return Integer.parseInt(ratio);
        }
        return result.value("PreschoolClassification").equals("1") ? PRESCHOOL_COPAY_PERCENT : COPAY_PERCENT;
    }

    /// The name as it came: a ● in it stands for a letter that the authority could not write.
    private static Insured insured(OqsNode result) {
        LocalDate birth = date(result, "Birthdate");
        if (birth == null) {
            throw new IllegalArgumentException("no Birthdate");
        }
        return new Insured(result.value("Name"), result.value("NameKana"), birth);
    }

    private static String required(OqsNode node, String name) {
        String value = node.value(name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("no " + name);
        }
        return value;
    }

    private static @Nullable LocalDate date(OqsNode node, String name) {
        String text = node.value(name);
        return text.isEmpty() ? null : LocalDate.parse(text, OqsQuestion.DAY);
    }

    private static @Nullable LocalDate first(@Nullable LocalDate a, @Nullable LocalDate b) {
        return a == null ? b : a;
    }
}
