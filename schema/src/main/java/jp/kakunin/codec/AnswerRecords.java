package jp.kakunin.codec;

import jp.kakunin.avro.AnswerKindRecord;
import jp.kakunin.avro.AnswerReceivedRecord;
import jp.kakunin.avro.CoverageRecord;
import jp.kakunin.avro.InsuredRecord;
import jp.kakunin.avro.ParticularsRecord;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Particulars;
import org.jspecify.annotations.Nullable;

/// Answers to their four fields in the record and back.
final class AnswerRecords {
    private AnswerRecords() {}

    static AnswerKindRecord kind(Answer answer) {
        return switch (answer) {
            case Answer.Valid _ -> AnswerKindRecord.VALID;
            case Answer.Invalid _ -> AnswerKindRecord.INVALID;
            case Answer.InvalidNewerExists _ -> AnswerKindRecord.INVALID_NEWER_EXISTS;
            case Answer.NotFound _ -> AnswerKindRecord.NOT_FOUND;
            case Answer.Several _ -> AnswerKindRecord.SEVERAL;
            case Answer.ValidUnregistered _ -> AnswerKindRecord.VALID_UNREGISTERED;
        };
    }

    static @Nullable CoverageRecord coverage(Answer answer) {
        return switch (answer) {
            case Answer.Valid valid -> Atoms.coverageRecord(valid.coverage());
            case Answer.Invalid invalid -> Atoms.coverageRecord(invalid.ended());
            case Answer.InvalidNewerExists invalid -> Atoms.coverageRecord(invalid.ended());
            case Answer.NotFound _, Answer.Several _, Answer.ValidUnregistered _ -> null;
        };
    }

    static @Nullable InsuredRecord insured(Answer answer) {
        return answer instanceof Answer.Valid valid ? Atoms.insuredRecord(valid.insured()) : null;
    }

    static @Nullable ParticularsRecord particulars(Answer answer) {
        return answer instanceof Answer.Valid valid ? Atoms.particularsRecord(valid.particulars()) : null;
    }

    static Answer answer(AnswerReceivedRecord record) {
        Coverage coverage = Atoms.coverage(record.getCoverage());
        Insured insured = Atoms.insured(record.getInsured());
        Particulars particulars = Atoms.particulars(record.getParticulars());
        return switch (record.getAnswer()) {
            case VALID -> valid(coverage, insured, particulars);
            case INVALID -> new Answer.Invalid(coverage);
            case INVALID_NEWER_EXISTS -> new Answer.InvalidNewerExists(coverage);
            case NOT_FOUND -> new Answer.NotFound();
            case SEVERAL -> new Answer.Several();
            case VALID_UNREGISTERED -> new Answer.ValidUnregistered();
        };
    }

    private static Answer valid(@Nullable Coverage coverage, @Nullable Insured insured, Particulars particulars) {
        if (coverage == null || insured == null) {
            throw new IllegalArgumentException("a valid answer must carry coverage and insured person");
        }
        return new Answer.Valid(coverage, insured, particulars);
    }
}
