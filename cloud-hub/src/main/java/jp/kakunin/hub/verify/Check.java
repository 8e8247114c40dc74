package jp.kakunin.hub.verify;

/// What is verified; counted and reported apart.
public enum Check {
    /// Positions of a clinic-month run from 1 without a gap.
    POSITION,
    /// Each chain hash follows from the one before and the fact.
    CHAIN,
    /// A fact can be read, is there once, and lies where it says it belongs.
    FACT,
    /// The head of a clinic names the last position and chain hash of each month.
    HEAD,
    /// seq = stored + held + refused + quarantined + forgotten, and no more facts came by a stream than it counts.
    STREAM,
    /// A patient-month folded anew is the one stored.
    SUMMARY,
    /// The open obligations are those the standings leave.
    WORKLIST,
    /// The open questions are those the facts leave.
    QUESTION,
    /// Card evidence is the one its check names, and is kept only while it is needed.
    EVIDENCE,
    /// What was set aside has its bytes, and the bytes have their fact.
    QUARANTINE,
    /// The disk gives back what was written.
    DISK
}
