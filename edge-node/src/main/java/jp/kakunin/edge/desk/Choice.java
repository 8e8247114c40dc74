package jp.kakunin.edge.desk;

/// One entry of a list to choose from.
public record Choice(String value, String text, boolean chosen) {
    @Override
    public String toString() {
        return "Choice[" + value + "]";
    }
}
