package jp.kakunin.hub.console;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// How one clinic is, as its devices last said; public fields of the clinics page and of `/api/clinics`.
///
/// @param unsent facts its devices still had to send when they last pushed
/// @param oldest when the oldest of those was captured
record ClinicRow(
        String code,
        String name,
        State state,
        @Nullable Instant lastSeen,
        long unsent,
        @Nullable Instant oldest,
        @Nullable LocalDate earliestDue,
        @Nullable String reader,
        @Nullable String version,
        int devices) {
    /// Worst first, as the page is sorted.
    enum State {
        /// Said nothing for longer than a wait lasts.
        SILENT,
        /// Said goodbye.
        LEFT,
        /// Connected, and has facts that are not sent yet.
        LAGGING,
        CONNECTED,
        /// Not seen since this hub was started.
        NOT_SEEN
    }
}
