package jp.kakunin.codec;

import static jp.kakunin.codec.Atoms.twin;

import jp.kakunin.avro.CardRecord;
import jp.kakunin.avro.DocumentRecord;
import jp.kakunin.avro.DocumentShownRecord;
import jp.kakunin.avro.NoEvidenceRecord;
import jp.kakunin.avro.OralRecord;
import jp.kakunin.avro.ReasonRecord;
import jp.kakunin.avro.VerificationRecord;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Evidence.DocumentKind;
import jp.kakunin.domain.Evidence.Reason;
import jp.kakunin.domain.Evidence.Verification;
import org.apache.avro.specific.SpecificRecord;

/// Evidence to generated records and back.
final class EvidenceRecords {
    private EvidenceRecords() {}

    static SpecificRecord record(Evidence evidence) {
        return switch (evidence) {
            case Evidence.Card card ->
                new CardRecord(twin(VerificationRecord.class, card.verification()), Atoms.hash(card.attachment()));
            case Evidence.Document document ->
                new DocumentShownRecord(
                        twin(DocumentRecord.class, document.document()),
                        Atoms.coverageRecord(document.shown()),
                        reason(document.reason()));
            case Evidence.Oral oral -> new OralRecord(Atoms.basisRecord(oral.basis()), reason(oral.reason()));
            case Evidence.None none -> new NoEvidenceRecord(reason(none.reason()));
        };
    }

    static Evidence evidence(Object record) {
        return switch (record) {
            case CardRecord card ->
                new Evidence.Card(twin(Verification.class, card.getVerification()), Atoms.digest(card.getAttachment()));
            case DocumentShownRecord document ->
                new Evidence.Document(
                        twin(DocumentKind.class, document.getDocument()),
                        Atoms.coverage(document.getShown()),
                        reason(document.getReason()));
            case OralRecord oral -> new Evidence.Oral(Atoms.basis(oral.getShown()), reason(oral.getReason()));
            case NoEvidenceRecord none -> new Evidence.None(reason(none.getReason()));
            default -> throw new IllegalStateException("the union of evidence has a kind that is not known here");
        };
    }

    private static ReasonRecord reason(Reason reason) {
        return twin(ReasonRecord.class, reason);
    }

    private static Reason reason(ReasonRecord reason) {
        return twin(Reason.class, reason);
    }
}
