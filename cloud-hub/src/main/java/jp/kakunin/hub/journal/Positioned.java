package jp.kakunin.hub.journal;

import jp.kakunin.journal.JournalEntry;

/// A fact at its place in its clinic-month. Positions are gapless and start at 1.
public record Positioned(long position, JournalEntry entry) {}
