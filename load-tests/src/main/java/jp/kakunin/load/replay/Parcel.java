package jp.kakunin.load.replay;

import java.util.List;
import jp.kakunin.domain.FactId;
import org.jspecify.annotations.Nullable;

/// The facts of one push, made beforehand so that making them delays nothing. Not numbered yet.
///
/// @param live a patient waits for it
public record Parcel(List<Made> facts, boolean live) {
    /// One encoded fact with the id by which it must be found again.
    public record Made(FactId id, byte[] fact, byte @Nullable [] attachment) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    public Parcel {
        facts = List.copyOf(facts);
    }
}
