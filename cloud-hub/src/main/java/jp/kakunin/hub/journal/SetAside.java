package jp.kakunin.hub.journal;

import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Commit.QuarantineKey;
import org.jspecify.annotations.Nullable;

/// Bytes that a device sent as a fact and that took no effect, with what came with them.
///
/// @param month of receipt
/// @param content the digest of the bytes as they came
/// @param position of the fact in the month of receipt that says why; none once the bytes were taken from here
/// @param fact the bytes as they came
/// @param attachment kept only while the fact may still take effect
public record SetAside(
        InstitutionCode clinic,
        TreatmentMonth month,
        Digest content,
        long position,
        byte[] fact,
        byte @Nullable [] attachment) {
    private static final int TAKEN = 0;
    private static final byte[] NOTHING = {};

    /// What stays in its place: that it was here, and no more.
    public SetAside taken() {
        return new SetAside(clinic, month, content, TAKEN, NOTHING, null);
    }

    public boolean isTaken() {
        return position == TAKEN;
    }

    /// Without its bytes.
    public SetAside named() {
        return new SetAside(clinic, month, content, position, NOTHING, null);
    }

    public QuarantineKey key() {
        return new QuarantineKey(month, content);
    }

    @Override
    public String toString() {
        return "SetAside[" + clinic + " " + month + " " + position + "]";
    }
}
