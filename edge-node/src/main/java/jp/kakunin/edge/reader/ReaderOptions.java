package jp.kakunin.edge.reader;

/// How to watch and read.
///
/// @param readerNamePart only readers whose name contains this text are used; empty means all
/// @param extended when to read the certificate with one long answer instead of several short ones
/// @param readMillisMax after this long a read is given up and reported as stuck
/// @param probeMillisMax the same for the look at a card that was just put down
/// @param retryPauseMillis before a read starts over after trouble on the way to the card
public record ReaderOptions(
        String readerNamePart, ExtendedReads extended, long readMillisMax, long probeMillisMax, long retryPauseMillis) {
    /// Two pauses outlast the 400 ms in which pcscd looks for cards, so a pulled card is known to be gone.
    public static final ReaderOptions DEFAULT =
            new ReaderOptions("", ExtendedReads.WHEN_THE_READER_SAYS_SO, 15_000, 5_000, 250);

    public ReaderOptions {
        if (readMillisMax <= 0 || probeMillisMax <= 0 || retryPauseMillis < 0) {
            throw new IllegalArgumentException(
                    "readMillisMax and probeMillisMax must be positive and retryPauseMillis not" + " negative, were "
                            + readMillisMax + ", " + probeMillisMax + " and " + retryPauseMillis);
        }
    }

    /// Short answers always work, so every failure of a long one falls back to them.
    public enum ExtendedReads {
        NEVER,
        WHEN_THE_READER_SAYS_SO,
        ALWAYS_TRY
    }

    boolean tryExtended(ExtendedApdu reader) {
        return switch (extended) {
            case NEVER -> false;
            case WHEN_THE_READER_SAYS_SO -> reader == ExtendedApdu.YES;
            case ALWAYS_TRY -> reader != ExtendedApdu.NO;
        };
    }
}
