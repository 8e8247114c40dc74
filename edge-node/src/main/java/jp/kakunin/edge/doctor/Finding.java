package jp.kakunin.edge.doctor;

import org.jspecify.annotations.Nullable;

/// What was found about one part.
///
/// @param fault what is wrong with a broken one, otherwise null
/// @param detail for the supplier: numbers and names of functions, never of people
public record Finding(Part part, State state, @Nullable Fault fault, String detail) {
    public enum State {
        WORKS,
        BROKEN,
        /// It rests on a part that is broken.
        NOT_LOOKED_AT
    }

    static Finding works(Part part, String detail) {
        return new Finding(part, State.WORKS, null, detail);
    }

    static Finding broken(Fault fault, String detail) {
        return new Finding(fault.part(), State.BROKEN, fault, detail);
    }

    static Finding notLookedAt(Part part) {
        return new Finding(part, State.NOT_LOOKED_AT, null, "");
    }
}
