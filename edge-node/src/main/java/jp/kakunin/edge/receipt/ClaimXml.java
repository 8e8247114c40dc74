package jp.kakunin.edge.receipt;

import java.io.StringWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;

/// A visit in the shape of an OQS result (`XmlMsg`). What OQS has no word for stands in `ProcessingResultCode`, as
/// `KKN-` and the standing; what the authority did not say is not said in its name.
///
/// @param replaced letters that the charset lacks and that became ●
record ClaimXml(byte[] bytes, int replaced) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    static ClaimXml of(ClaimVisit visit, ReceiptCharset charset) {
        // Once to find out what the charset lacks, once to say so.
        Message first = new Message(visit, charset, 0);
        first.write();
        if (first.replaced == 0) {
            return new ClaimXml(first.bytes(), 0);
        }
        Message second = new Message(visit, charset, first.replaced);
        second.write();
        return new ClaimXml(second.bytes(), first.replaced);
    }

    static String time(Instant instant) {
        return instant.atZone(TreatmentMonth.JAPAN).format(TIME);
    }

    private static final class Message {
        private final ClaimVisit visit;
        private final ReceiptCharset charset;
        private final int lacking;
        private final StringWriter text = new StringWriter();
        private final XMLStreamWriter xml;
        private int replaced;

        Message(ClaimVisit visit, ReceiptCharset charset, int lacking) {
            this.visit = visit;
            this.charset = charset;
            this.lacking = lacking;
            try {
                xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            } catch (XMLStreamException e) {
                throw new IllegalStateException("every JDK writes XML", e);
            }
        }

        byte[] bytes() {
            String declaration = "<?xml version=\"1.0\" encoding=\"" + charset.declared() + "\" standalone=\"no\"?>\n";
            return (declaration + text).getBytes(charset.charset());
        }

        void write() {
            try {
                xml.writeStartElement("XmlMsg");
                xml.writeStartElement("MessageHeader");
                header();
                xml.writeEndElement();
                xml.writeStartElement("MessageBody");
                body();
                xml.writeEndElement();
                xml.writeEndElement();
                xml.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("a visit cannot be written", e);
            }
        }

        private void header() throws XMLStreamException {
            Fact.AnswerReceived said = visit.said();
            put("ProcessExecutionTime", time(said == null ? visit.arrivedAt() : said.answeredAt()));
            put("QualificationConfirmationDate", visit.judged().treatmentDate());
            put("MedicalInstitutionCode", visit.clinic().digits());
            put("ArbitraryFileIdentifier", visit.judged().visit().toString());
            put("ReferenceClassification", isByCard() ? "1" : "2");
            put("SegmentOfResult", visit.judged().standing() instanceof Standing.Waiting ? "2" : "1");
            put("CharacterCodeIdentifier", charset.code());
        }

        private boolean isByCard() {
            return visit.judged().standing() instanceof Standing.Confirmed(Standing.By by)
                    ? by == Standing.By.CARD
                    : visit.said() != null;
        }

        private void body() throws XMLStreamException {
            if (visit.judged().standing() instanceof Standing.Waiting) {
                put("ReferenceNumber", visit.reference());
                return;
            }
            Fact.AnswerReceived said = visit.said();
            put("ProcessingResultStatus", said != null || visit.coverage() != null ? "1" : "2");
            put("ProcessingResultCode", code());
            put("ProcessingResultMessage", message());
            put("QualificationValidity", said == null ? null : validity(said.answer()));
            put("ReferenceNumber", visit.reference());
            Coverage coverage = visit.coverage();
            if (coverage != null) {
                xml.writeStartElement("ResultList");
                xml.writeStartElement("ResultOfQualificationConfirmation");
                result(coverage);
                xml.writeEndElement();
                xml.writeEndElement();
            }
        }

        /// Nothing to add to a visit that the authority's own answer confirms.
        private @Nullable String code() {
            return switch (visit.judged().standing()) {
                case Standing.Confirmed(Standing.By by) when by == Standing.By.CARD || by == Standing.By.NUMBER -> null;
                case Standing.Confirmed _ -> "KKN-DOCUMENT";
                case Standing standing -> "KKN-" + standing.word();
            };
        }

        private @Nullable String message() {
            String said = switch (visit.judged().standing()) {
                case Standing.Confirmed(Standing.By by) when by == Standing.By.CARD || by == Standing.By.NUMBER -> "";
                case Standing.Confirmed _ -> "資格確認書等で確認";
                case Standing.Attested _ -> "口頭で確認";
                case Standing.Waiting _ -> "確認待ち";
                case Standing.Deferred _ -> "後日確認";
                case Standing.Refused _ -> "無効の回答";
                case Standing.Contested _ -> "確認済みの資格に無効の回答あり。請求前に確認";
            };
            String lacks = lacking == 0 ? "" : "文字コードにない" + lacking + "文字を●に置換";
            String message = said + (said.isEmpty() || lacks.isEmpty() ? "" : "。") + lacks;
            return message.isEmpty() ? null : message;
        }

        private static String validity(Answer answer) {
            return switch (answer) {
                case Answer.Valid _ -> "1";
                case Answer.Invalid _ -> "2";
                case Answer.InvalidNewerExists _ -> "3";
                case Answer.NotFound _ -> "4";
                case Answer.Several _ -> "5";
                case Answer.ValidUnregistered _ -> "6";
            };
        }

        private void result(Coverage coverage) throws XMLStreamException {
            Particulars told = visit.particulars();
            Insured insured = visit.insured();
            String insurer = coverage.insurer().digits();
            put("InsurerNumber", insurer);
            put("InsuredCardSymbol", coverage.symbol());
            put("InsuredIdentificationNumber", coverage.number());
            put("InsuredBranchNumber", coverage.branch());
            put(
                    "PersonalFamilyClassification",
                    told.relation() == null ? null : told.relation().code());
            put("InsuredName", told.insuredName());
            put("Name", visit.name());
            put("NameKana", insured == null ? null : insured.kana());
            put("Sex1", told.sex() == null ? null : told.sex().code());
            put("Birthdate", insured == null ? null : insured.birthDate());
            put("Address", told.address());
            put("PostNumber", told.postNumber());
            put("QualificationDate", coverage.from());
            put(
                    "DisqualificationDate",
                    coverage.until() == null ? null : coverage.until().plusDays(1));
            if (insurer.startsWith("39")) {
                put("InsuredPartialContributionRatio", percent(coverage.copayPercent()));
            }
            put("PreschoolClassification", told.preschool() ? "1" : null);
            put("InsurerName", told.insurerName());
            Integer elderly = told.elderlyPercent();
            if (elderly != null) {
                xml.writeStartElement("ElderlyRecipientCertificateInfo");
                put("ElderlyRecipientContributionRatio", percent(elderly));
                xml.writeEndElement();
            }
        }

        private static String percent(int percent) {
            return "%03d".formatted(percent);
        }

        private void put(String element, @Nullable LocalDate date) throws XMLStreamException {
            put(element, date == null ? null : date.format(DAY));
        }

        private void put(String element, @Nullable String value) throws XMLStreamException {
            if (value != null && !value.isEmpty()) {
                ReceiptCharset.Fitted fitted = charset.fit(value);
                replaced += fitted.replaced();
                xml.writeStartElement(element);
                xml.writeCharacters(fitted.text());
                xml.writeEndElement();
            }
        }
    }
}
