package jp.kakunin.load.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.WorkItem;
import jp.kakunin.hub.reconcile.Rebuild;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Summary;

/// Makes all that the hub derives anew from its facts, and compares.
final class Rederiving {
    private final Network network;
    private final Journal journal;

    Rederiving(Network network) {
        this.network = network;
        this.journal = network.hub.journal();
    }

    void check() {
        Set<WorkItem> owed = new TreeSet<>();
        for (InstitutionCode clinic : network.town.clinics()) {
            for (TreatmentMonth month : journal.head(clinic).tips().keySet()) {
                if (!month.isClosedAt(network.time.instant())) {
                    owed.addAll(check(clinic, month));
                }
            }
        }
        List<WorkItem> listed = journal.worklist(null, Integer.MAX_VALUE);
        Promise.P9.demand(listed.equals(List.copyOf(owed)), "the worklist is " + listed + ", made anew it is " + owed);
    }

    private Set<WorkItem> check(InstitutionCode clinic, TreatmentMonth month) {
        List<EncodedFact> facts = facts(clinic, month);
        Set<CheckId> kept = keptEvidence(clinic, month, facts);
        Rebuild anew = Rebuild.of(clinic, month, facts, facts(clinic, month.next()), kept);
        Map<PatientId, Summary> stored = new TreeMap<>();
        journal.forEachSummary(clinic, month, stored::put);
        String where = clinic + " " + month;
        Promise.P9.demand(
                stored.equals(new TreeMap<>(anew.summaries())),
                "the summaries of " + where + " are " + stored + ", made anew they are " + anew.summaries());
        kept.removeAll(anew.evidence());
        Promise.P9.demand(kept.isEmpty(), "evidence of " + kept + " in " + where + " is no longer needed");
        Set<Question> open = new TreeSet<>(anew.questions());
        open.removeIf(question -> anew.mayBeGone().contains(question.check()));
        Promise.P9.demand(open.isEmpty(), "questions of " + where + " were never answered: " + open);
        return anew.worklist();
    }

    private List<EncodedFact> facts(InstitutionCode clinic, TreatmentMonth month) {
        List<EncodedFact> facts = new ArrayList<>();
        Contents.of(journal, clinic, month).facts().forEach(fact -> facts.add(FactCodec.encoded(fact)));
        return facts;
    }

    private Set<CheckId> keptEvidence(InstitutionCode clinic, TreatmentMonth month, List<EncodedFact> facts) {
        Set<CheckId> kept = new HashSet<>();
        for (EncodedFact each : facts) {
            if (each.fact() instanceof Fact.CheckRecorded check
                    && journal.attachment(clinic, month, check.check()) != null) {
                kept.add(check.check());
            }
        }
        return kept;
    }
}
