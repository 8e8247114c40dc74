package jp.kakunin.edge.reader;

import org.jspecify.annotations.Nullable;

/// The state of the reader for a person: `reader` is the name the operating system gives it, null when there is none.
public record ReaderStatus(ReaderState state, @Nullable String reader, ExtendedApdu extended) {
    static ReaderStatus without(ReaderState state) {
        return new ReaderStatus(state, null, ExtendedApdu.UNKNOWN);
    }
}
