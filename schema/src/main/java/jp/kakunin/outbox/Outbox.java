package jp.kakunin.outbox;

import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamPosition;

/// Where the stream of one clinic stands: the pair the hub has acknowledged, and the facts numbered behind it that it
/// has
/// not acknowledged yet. Only one batch is on its way at a time, so these are few.
public record Outbox(Epoch epoch, StreamPosition acknowledged, List<Numbered> numbered) {
    public Outbox {
        numbered = List.copyOf(numbered);
    }

    public static Outbox begin(Epoch epoch) {
        return new Outbox(epoch, StreamPosition.START, List.of());
    }

    /// The pair after everything numbered.
    public StreamPosition tip() {
        return numbered.isEmpty() ? acknowledged : numbered.getLast().position();
    }

    public Outbox number(FactId fact, TreatmentMonth month, byte[] encoded) {
        List<Numbered> more = new ArrayList<>(numbered);
        more.add(new Numbered(fact, month, tip().after(encoded)));
        return new Outbox(epoch, acknowledged, more);
    }

    /// Whether this pair is the acknowledged one or one behind it. Older pairs are forgotten on purpose.
    public boolean knows(StreamPosition position) {
        return position.equals(acknowledged)
                || numbered.stream().anyMatch(n -> n.position().equals(position));
    }

    /// Moves the pointer to a pair this outbox [knows][#knows].
    public Outbox acknowledge(StreamPosition position) {
        if (!knows(position)) {
            throw new IllegalArgumentException("position " + position.seq() + " is not of this outbox");
        }
        List<Numbered> rest = numbered.stream()
                .filter(n -> n.position().seq() > position.seq())
                .toList();
        return new Outbox(epoch, position, rest);
    }
}
