package jp.kakunin.hub.clock;

import java.time.Instant;

/// The machine's clock is too far from when the hub last ran.
public final class UnbelievableClockException extends Exception {
    private static final long serialVersionUID = 1L;

    UnbelievableClockException(Instant lastSeen, Instant now) {
        super("this machine's clock says " + now + ", but the hub last ran at " + lastSeen
                + ": a wrong clock would forget months too early or take facts of the wrong month. Set the clock; if it is"
                + " right, start once with --clock-is-right");
    }
}
