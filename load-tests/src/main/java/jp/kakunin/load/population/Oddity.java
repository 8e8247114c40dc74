package jp.kakunin.load.population;

/// What is not as it should be with an arrival.
public enum Oddity {
    NONE,
    /// A visit of the month before, which is still open.
    LAST_MONTH,
    /// Bytes that no hub can read.
    MALFORMED,
    /// Offered a second time after its acknowledgement.
    TWICE,
    /// Captured earlier than what the clinic sent before it.
    OUT_OF_ORDER,
    /// Recorded by a computer whose clock was a year off, before it heard the hub's time.
    WRONG_YEAR;

    /// What has to end in quarantine and nowhere else.
    public boolean isPoison() {
        return this == MALFORMED || this == WRONG_YEAR;
    }
}
