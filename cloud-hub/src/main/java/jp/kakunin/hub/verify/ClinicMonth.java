package jp.kakunin.hub.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.journal.EncodedFact;
import jp.kakunin.journal.Head.Tip;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/// The facts of one clinic-month, each looked at as it goes by: its position, its chain hash, and what it says.
final class ClinicMonth {
    final InstitutionCode clinic;
    final TreatmentMonth month;
    final List<EncodedFact> facts = new ArrayList<>();
    /// What was set aside here, and at which position.
    final Map<Digest, Long> setAside = new HashMap<>();
    /// The evidence that checks name.
    final Map<CheckId, Digest> evidence = new HashMap<>();
    private final Findings findings;
    /// What was set aside here and taken from there later.
    private final Set<Digest> taken;
    private final Set<FactId> ids = new HashSet<>();
    private final Map<PatientId, Long> firstOfPatient = new HashMap<>();
    private final Map<VisitId, Long> firstOfVisit = new HashMap<>();
    private final Map<CheckId, Long> ofCheck = new HashMap<>();
    private Tip tip = Tip.START;
    private boolean chainKnown = true;

    ClinicMonth(InstitutionCode clinic, TreatmentMonth month, Set<Digest> taken, Findings findings) {
        this.clinic = clinic;
        this.month = month;
        this.taken = taken;
        this.findings = findings;
    }

    /// @param last the position of the block's last fact
    void see(long last, @Nullable JournalBlock block) {
        findings.examined(Check.POSITION);
        if (block == null) {
            found(Check.FACT, last, "the row cannot be read");
            tip = new Tip(last, Digest.ZERO);
            chainKnown = false;
            return;
        }
        long first = last - block.entries().size() + 1;
        if (first != tip.position() + 1) {
            found(Check.POSITION, first, "follows position " + tip.position());
            chainKnown = false;
        }
        for (JournalEntry entry : block.entries()) {
            tip = tip.after(entry.fact());
        }
        findings.examined(Check.CHAIN);
        if (chainKnown && !tip.chain().equals(block.chain())) {
            found(Check.CHAIN, last, "the chain hash does not follow from the one before and the facts");
        }
        // The stored hash goes on, so that one damaged fact is one difference.
        tip = new Tip(last, block.chain());
        chainKnown = true;
        Positioned.of(last, block).forEach(this::see);
    }

    private void see(Positioned positioned) {
        long position = positioned.position();
        byte[] bytes = positioned.entry().fact();
        findings.examined(Check.FACT);
        switch (FactCodec.decode(bytes)) {
            case Decoded.Known(Fact fact) -> see(position, fact, bytes);
            case Decoded.Unreadable(var reason) -> found(Check.FACT, position, "cannot be read: " + reason);
        }
    }

    private void see(long position, Fact fact, byte[] bytes) {
        if (!fact.envelope().clinic().equals(clinic) || !fact.envelope().month().equals(month)) {
            found(Check.FACT, position, "belongs to another clinic-month");
            return;
        }
        if (!ids.add(fact.id())) {
            found(Check.FACT, position, "is there a second time");
            return;
        }
        facts.add(new EncodedFact(fact, bytes));
        firstOfPatient.putIfAbsent(fact.envelope().patient(), position);
        switch (fact) {
            case Fact.CheckRecorded check -> {
                firstOfVisit.putIfAbsent(check.visit(), position);
                ofCheck.putIfAbsent(check.check(), position);
                if (check.evidence() instanceof Evidence.Card card) {
                    evidence.put(check.check(), card.attachment());
                }
            }
            case Fact.PatientsJoined join -> firstOfPatient.putIfAbsent(join.b(), position);
            case Fact.Quarantined quarantined -> setAside.put(quarantined.content(), position);
            case Fact.ReferenceSet _, Fact.FactWithdrawn _, Fact.Sealed _ -> {}
        }
    }

    /// Whether its stream counts it as one it brought. What left the quarantine is counted as what became of it.
    boolean counts(JournalEntry entry) {
        return !(FactCodec.decode(entry.fact()) instanceof Decoded.Known(Fact.Quarantined set)
                && taken.contains(set.content()));
    }

    Tip tip() {
        return tip;
    }

    long positionOf(PatientId patient) {
        return firstOfPatient.getOrDefault(patient, 0L);
    }

    long positionOf(VisitId visit) {
        return firstOfVisit.getOrDefault(visit, 0L);
    }

    long positionOf(CheckId check) {
        return ofCheck.getOrDefault(check, 0L);
    }

    void found(Check check, long position, String what) {
        findings.found(new Difference(check, clinic, month, position, what));
    }
}
