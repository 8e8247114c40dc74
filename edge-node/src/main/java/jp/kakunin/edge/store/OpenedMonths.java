package jp.kakunin.edge.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;

/// The facts of the clinic-months that were last asked for, decoded. Each screen asks for the same months again, and
/// decoding a month takes longer than everything else the desk does with it.
final class OpenedMonths {
    /// Two clinics with the month before, the running one and the next each.
    static final int CLINIC_MONTHS_MAX = 6;

    private record ClinicMonth(InstitutionCode clinic, TreatmentMonth month) {}

    private final SequencedMap<ClinicMonth, Map<FactId, Fact>> facts = new LinkedHashMap<>();

    List<Fact> facts(InstitutionCode clinic, TreatmentMonth month, Supplier<List<Fact>> stored) {
        ClinicMonth asked = new ClinicMonth(clinic, month);
        Map<FactId, Fact> found = facts.remove(asked);
        if (found == null) {
            found = new LinkedHashMap<>();
            for (Fact fact : stored.get()) {
                found.putIfAbsent(fact.id(), fact);
            }
            if (facts.size() == CLINIC_MONTHS_MAX) {
                facts.pollFirstEntry();
            }
        }
        facts.putLast(asked, found);
        return List.copyOf(found.values());
    }

    void forget(Set<TreatmentMonth> months) {
        facts.keySet().removeIf(each -> months.contains(each.month()));
    }

    void forget(InstitutionCode clinic) {
        facts.keySet().removeIf(each -> each.clinic().equals(clinic));
    }

    /// After it was stored.
    void add(Fact fact) {
        Map<FactId, Fact> month = facts.get(
                new ClinicMonth(fact.envelope().clinic(), fact.envelope().month()));
        if (month != null) {
            month.putIfAbsent(fact.id(), fact);
        }
    }
}
