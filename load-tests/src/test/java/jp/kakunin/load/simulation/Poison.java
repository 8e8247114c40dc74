package jp.kakunin.load.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.ProofNumber;
import org.jspecify.annotations.Nullable;

/// Facts that an edge with a fault, an older or a newer edge, or a forger would send in place of good ones.
final class Poison {
    private static final InstitutionCode ELSEWHERE = new InstitutionCode("1300000000");
    private static final int FINGERPRINT_AT = 2;

    private final Map<FactId, byte[]> bytes = new HashMap<>();

    byte @Nullable [] insteadOf(FactId fact) {
        return bytes.get(fact);
    }

    boolean isPoison(FactId fact) {
        return bytes.containsKey(fact);
    }

    void put(FactId id, byte[] instead) {
        bytes.put(id, instead);
    }

    static byte[] unreadable(Fact fact) {
        byte[] good = FactCodec.encode(fact);
        return Arrays.copyOf(good, good.length / 2);
    }

    static byte[] unknownSchema(Fact fact) {
        byte[] bytes = FactCodec.encode(fact);
        bytes[FINGERPRINT_AT] ^= 0x55;
        return bytes;
    }

    static byte[] wrongClinic(Fact.CheckRecorded check) {
        Envelope of = check.envelope();
        Envelope elsewhere =
                new Envelope(of.id(), ELSEWHERE, of.patient(), of.month(), of.capturedAt(), of.clockDoubtful());
        return FactCodec.encode(new Fact.CheckRecorded(
                elsewhere,
                check.visit(),
                check.check(),
                check.kind(),
                check.treatmentDate(),
                check.evidence(),
                check.patientName(),
                check.despite(),
                check.copayCharged(),
                check.replaces()));
    }

    static byte[] forgedAnswer(Fact.CheckRecorded check, Town town, int person, FactId id) {
        Envelope envelope = check.envelope().beside(id, check.envelope().capturedAt(), false);
        return FactCodec.encode(new Fact.AnswerReceived(
                envelope,
                check.check(),
                check.treatmentDate(),
                check.envelope().capturedAt(),
                town.answer(person, check.treatmentDate()),
                new ProofNumber(1, 2),
                Digest.ZERO));
    }
}
