package jp.kakunin.load.simulation;

import org.jspecify.annotations.Nullable;

/// Cuts the power of one edge right before or right after a write, when asked to.
final class PowerCut {
    private @Nullable Moment at;

    enum Moment {
        BEFORE_THE_WRITE,
        AFTER_THE_WRITE
    }

    /// The edge is dead in the middle of what it did.
    static final class PowerCutException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void atNextWrite(Moment moment) {
        at = moment;
    }

    void around(Runnable write) {
        if (at == Moment.BEFORE_THE_WRITE) {
            throw new PowerCutException();
        }
        write.run();
        if (at == Moment.AFTER_THE_WRITE) {
            throw new PowerCutException();
        }
    }
}
