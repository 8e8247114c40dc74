package jp.kakunin.edge.doctor;

/// What was found about one part.
///
/// @param detail for the supplier: numbers and names of functions, never of people
public record Finding(Part part, State state, String detail) {
    public enum State {
        WORKS,
        BROKEN,
        /// It rests on a part that is broken.
        NOT_LOOKED_AT
    }

    static Finding works(Part part, String detail) {
        return new Finding(part, State.WORKS, detail);
    }

    static Finding broken(Part part, String detail) {
        return new Finding(part, State.BROKEN, detail);
    }

    static Finding notLookedAt(Part part) {
        return new Finding(part, State.NOT_LOOKED_AT, "");
    }
}
