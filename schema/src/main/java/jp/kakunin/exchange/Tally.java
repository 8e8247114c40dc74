package jp.kakunin.exchange;

/// What became of the facts of one stream. Their sum is the stream's sequence number, always (P10).
///
/// @param held already known by fact id
/// @param forgotten of a month that was closed when they came
public record Tally(long stored, long held, long refused, long quarantined, long forgotten) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    public long sum() {
        return stored + held + refused + quarantined + forgotten;
    }

    public Tally plus(Tally other) {
        return new Tally(
                stored + other.stored,
                held + other.held,
                refused + other.refused,
                quarantined + other.quarantined,
                forgotten + other.forgotten);
    }
}
