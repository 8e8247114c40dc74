package jp.kakunin.load.simulation;

/// The promises of the product that a simulation watches over.
enum Promise {
    /// What was said to be recorded is still there.
    P1,
    /// Each fact takes effect exactly once.
    P2,
    /// The standing does not depend on the order of arrival.
    P3,
    /// After its close nothing of a month is left.
    P4,
    /// Nobody sees what is not theirs.
    P5,
    /// A patient who waits does not wait for backlog.
    P6,
    /// Everything arrives without anything new being written.
    P7,
    /// Views can be rebuilt from facts.
    P9,
    /// The counts add up.
    P10;

    void demand(boolean kept, String otherwise) {
        if (!kept) {
            throw new BrokenPromiseError(this, otherwise);
        }
    }

    /// A promise was broken. No exception, because nothing on the way may treat it as one.
    static final class BrokenPromiseError extends AssertionError {
        private static final long serialVersionUID = 1L;

        BrokenPromiseError(Promise promise, String what) {
            super(promise + ": " + what);
        }
    }
}
