package jp.kakunin.edge.reader;

/// Whether a reader passes commands and answers longer than 256 bytes. Kakunin does not need it; other programs of the
/// clinic do, so it is shown.
public enum ExtendedApdu {
    YES,
    NO,
    UNKNOWN
}
