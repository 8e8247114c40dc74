package jp.kakunin.hub.journal;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.JournalEntry;

/// A fact at its place in its clinic-month. Positions are gapless and start at 1.
public record Positioned(long position, JournalEntry entry) {
    /// The facts of a block, by the position of its last one.
    public static Stream<Positioned> of(long last, JournalBlock block) {
        List<JournalEntry> entries = block.entries();
        long first = last - entries.size() + 1;
        return IntStream.range(0, entries.size()).mapToObj(i -> new Positioned(first + i, entries.get(i)));
    }
}
