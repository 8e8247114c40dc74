package jp.kakunin.codec;

import jp.kakunin.avro.ShownBasisRecord;
import jp.kakunin.avro.StandingRecord;
import jp.kakunin.domain.Evidence.Basis;
import jp.kakunin.domain.Standing;
import org.jspecify.annotations.Nullable;

/// Standings to one code each, the basis of an attestation beside it, and back.
final class StandingRecords {
    private StandingRecords() {}

    static StandingRecord record(Standing standing) {
        return switch (standing) {
            case Standing.Confirmed(var by) ->
                switch (by) {
                    case CARD -> StandingRecord.CONFIRMED_CARD;
                    case NUMBER -> StandingRecord.CONFIRMED_NUMBER;
                    case DOCUMENT -> StandingRecord.CONFIRMED_DOCUMENT;
                    case DOCUMENT_DESPITE -> StandingRecord.CONFIRMED_DOCUMENT_DESPITE;
                };
            case Standing.Attested(Basis.Shown _) -> StandingRecord.ATTESTED_SHOWN;
            case Standing.Attested(Basis.OwnRecord _) -> StandingRecord.ATTESTED_OWN_RECORD;
            case Standing.Waiting _ -> StandingRecord.WAITING;
            case Standing.Deferred _ -> StandingRecord.DEFERRED;
            case Standing.Refused _ -> StandingRecord.REFUSED;
            case Standing.Contested _ -> StandingRecord.CONTESTED;
        };
    }

    static @Nullable ShownBasisRecord shown(Standing standing) {
        return standing instanceof Standing.Attested(Basis basis) ? Atoms.basisRecord(basis) : null;
    }

    static Standing standing(StandingRecord standing, @Nullable ShownBasisRecord shown) {
        return switch (standing) {
            case CONFIRMED_CARD -> new Standing.Confirmed(Standing.By.CARD);
            case CONFIRMED_NUMBER -> new Standing.Confirmed(Standing.By.NUMBER);
            case CONFIRMED_DOCUMENT -> new Standing.Confirmed(Standing.By.DOCUMENT);
            case CONFIRMED_DOCUMENT_DESPITE -> new Standing.Confirmed(Standing.By.DOCUMENT_DESPITE);
            case ATTESTED_SHOWN -> attestedShown(shown);
            case ATTESTED_OWN_RECORD -> new Standing.Attested(new Basis.OwnRecord());
            case WAITING -> new Standing.Waiting();
            case DEFERRED -> new Standing.Deferred();
            case REFUSED -> new Standing.Refused();
            case CONTESTED -> new Standing.Contested();
        };
    }

    private static Standing attestedShown(@Nullable ShownBasisRecord shown) {
        if (shown == null) {
            throw new IllegalArgumentException("an attestation by an earlier result must say which one");
        }
        return new Standing.Attested(Atoms.basis(shown));
    }
}
