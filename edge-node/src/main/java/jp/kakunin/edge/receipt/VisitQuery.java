package jp.kakunin.edge.receipt;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import org.jspecify.annotations.Nullable;

/// Which visits a client asks for. None of it names a person: ids are random, names have no place in an address.
///
/// @param after the visit behind which the page begins
record VisitQuery(
        @Nullable TreatmentMonth month,
        @Nullable LocalDate date,
        @Nullable PatientId patient,
        @Nullable String standing,
        @Nullable VisitId after,
        int limit) {
    static final int PAGE_VISITS_MAX = 500;

    private static final Set<String> STANDINGS =
            Set.of("CONFIRMED", "ATTESTED", "WAITING", "DEFERRED", "REFUSED", "CONTESTED");
    private static final int PAGE_VISITS = 100;

    /// A look-up of the parameters, null for what is not given.
    interface Params {
        @Nullable
        String get(String name);
    }

    private interface Reading<T> {
        T read(String text);
    }

    /// @param next the last visit of a page that is not the last; otherwise empty
    record Found(List<ClaimVisit> visits, String next) {}

    static VisitQuery of(Params params) throws FieldException {
        String standing = params.get("standing");
        if (standing != null && !STANDINGS.contains(standing)) {
            throw new FieldException("standing");
        }
        return new VisitQuery(
                read(params, "month", TreatmentMonth::parse),
                read(params, "date", LocalDate::parse),
                read(params, "patient", PatientId::parse),
                standing,
                read(params, "after", VisitId::parse),
                number(params, "limit", 1, PAGE_VISITS_MAX, PAGE_VISITS));
    }

    static int number(Params params, String name, int min, int max, int otherwise) throws FieldException {
        Integer number = read(params, name, Integer::valueOf);
        if (number == null) {
            return otherwise;
        }
        if (number < min || number > max) {
            throw new FieldException(name);
        }
        return number;
    }

    private static <T> @Nullable T read(Params params, String name, Reading<T> reading) throws FieldException {
        String text = params.get(name);
        try {
            return text == null ? null : reading.read(text);
        } catch (DateTimeException | IllegalArgumentException _) {
            throw new FieldException(name);
        }
    }

    /// The visit of an id from outside, which may be anything.
    static @Nullable ClaimVisit named(@Nullable String id, ClaimBook book) {
        try {
            return id == null ? null : book.visits().get(VisitId.parse(id));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    Found in(ClaimBook book) {
        List<ClaimVisit> found = new ArrayList<>();
        var from = after == null ? book.visits() : book.visits().tailMap(after, false);
        for (ClaimVisit visit : from.values()) {
            if (isWanted(visit)) {
                if (found.size() == limit) {
                    return new Found(found, found.getLast().judged().visit().toString());
                }
                found.add(visit);
            }
        }
        return new Found(found, "");
    }

    private boolean isWanted(ClaimVisit visit) {
        return (month == null || visit.month().equals(month))
                && (date == null || visit.judged().treatmentDate().equals(date))
                && (patient == null || visit.person().contains(patient))
                && (standing == null || visit.judged().standing().word().equals(standing));
    }
}
