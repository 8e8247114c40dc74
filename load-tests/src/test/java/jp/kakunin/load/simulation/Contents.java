package jp.kakunin.load.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Positioned;

/// What a hub's journal holds of one clinic-month, read entry by entry.
///
/// @param facts in position order
/// @param setAside the digests of what is in quarantine
record Contents(List<Fact> facts, Set<Digest> setAside) {
    private static final Contents NOTHING = new Contents(List.of(), Set.of());

    static Contents in(Map<TreatmentMonth, Contents> months, TreatmentMonth month) {
        return months.getOrDefault(month, NOTHING);
    }

    static Contents of(Journal journal, InstitutionCode clinic, TreatmentMonth month) {
        List<Fact> facts = new ArrayList<>();
        Set<Digest> setAside = new HashSet<>();
        for (Positioned each : journal.read(clinic, month, 0, Integer.MAX_VALUE)) {
            switch (FactCodec.decode(each.entry().fact())) {
                case Decoded.Known(Fact.Quarantined quarantined) -> setAside.add(quarantined.content());
                case Decoded.Known(Fact fact) -> facts.add(fact);
                case Decoded.Unreadable(var reason) ->
                    Promise.P1.demand(false, "the journal holds an unreadable fact: " + reason);
            }
        }
        return new Contents(facts, setAside);
    }

    static Set<Digest> setAsideIn(Journal journal, Collection<InstitutionCode> clinics) {
        Set<Digest> setAside = new HashSet<>();
        for (InstitutionCode clinic : clinics) {
            for (TreatmentMonth month : journal.head(clinic).tips().keySet()) {
                setAside.addAll(of(journal, clinic, month).setAside());
            }
        }
        return setAside;
    }

    static Set<FactId> factsOf(Journal journal, Collection<InstitutionCode> clinics) {
        Set<FactId> ids = new HashSet<>();
        for (InstitutionCode clinic : clinics) {
            for (TreatmentMonth month : journal.head(clinic).tips().keySet()) {
                journal.forEachSummary(
                        clinic, month, (_, summary) -> summary.facts().forEach(fact -> ids.add(fact.id())));
            }
        }
        return ids;
    }
}
