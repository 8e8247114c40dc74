package jp.kakunin.hub.authority;

import java.math.BigInteger;
import java.time.LocalDate;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Particulars;

/// One coverage of one person, found by the serial number of the card's certificate, and the days on which the
/// authority
/// knew it so: an insurer registers up to five days late, and corrects afterwards.
///
/// @param knownUntil the last such day
record RegistryEntry(
        BigInteger certificateSerial,
        Insured insured,
        Particulars particulars,
        Coverage coverage,
        State state,
        LocalDate knownFrom,
        LocalDate knownUntil) {
    enum State {
        VALID('v'),
        /// 閲覧停止: nobody may see it until the insurer has corrected something.
        SUSPENDED('s'),
        /// Known to be insured, but the insurer has not registered the data yet.
        UNREGISTERED('u');

        private final char code;

        State(char code) {
            this.code = code;
        }

        /// What stands for it on disk.
        char code() {
            return code;
        }

        static State of(char code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("unknown state in the registry's store");
        }
    }

    boolean isKnownOn(LocalDate day) {
        return !day.isBefore(knownFrom) && !day.isAfter(knownUntil);
    }

    @Override
    public String toString() {
        return "RegistryEntry[redacted]";
    }
}
