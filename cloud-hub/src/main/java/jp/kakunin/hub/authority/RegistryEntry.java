package jp.kakunin.hub.authority;

import java.math.BigInteger;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Insured;

/// One coverage of one person, found by the serial number of the card's certificate.
record RegistryEntry(BigInteger certificateSerial, Insured insured, Coverage coverage, State state) {
    enum State {
        VALID,
        /// In force, but benefits are withheld.
        SUSPENDED,
        /// Known to be insured, but the insurer has not registered the data yet.
        UNREGISTERED
    }

    @Override
    public String toString() {
        return "RegistryEntry[redacted]";
    }
}
