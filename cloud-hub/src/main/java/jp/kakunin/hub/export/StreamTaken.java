package jp.kakunin.hub.export;

import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Tally;
import org.jspecify.annotations.Nullable;

/// What became of one clinic's facts in an export.
///
/// @param facts in the file
/// @param now taken this time; the rest were taken when the file was here before
/// @param tally of all that were ever taken from this file
/// @param stopped why some were not taken, and what to do; null when all were
public record StreamTaken(
        InstitutionCode clinic,
        int facts,
        int now,
        Tally tally,
        @Nullable String stopped) {}
