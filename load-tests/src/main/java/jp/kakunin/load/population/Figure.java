package jp.kakunin.load.population;

/// One number of the model, with where it is from.
public record Figure(String name, double value, String text, String source, Kind kind) {
    public enum Kind {
        PUBLISHED,
        DERIVED,
        ASSUMPTION
    }
}
