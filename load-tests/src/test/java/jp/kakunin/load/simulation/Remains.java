package jp.kakunin.load.simulation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.journal.ClosedMonth;

/// Looks on every disk for what is left of months that are closed, and of clinics that are gone.
final class Remains {
    private final Network network;

    Remains(Network network) {
        this.network = network;
    }

    void check() {
        Set<TreatmentMonth> atHub = closed(network.hub.disk().months());
        Promise.P4.demand(atHub.isEmpty(), "the hub still has something of " + atHub);
        for (ClosedMonth month : network.hub.disk().closedMonths()) {
            Promise.P4.demand(
                    network.hub.hasReceipt(month.month()),
                    "there is no receipt that " + month.month() + " is forgotten");
        }
        network.carrier.check();
        for (SimulatedEdge edge : network.edges) {
            Set<TreatmentMonth> atEdge = closed(edge.disk().months());
            Promise.P4.demand(atEdge.isEmpty(), edge.device() + " still has something of " + atEdge);
            if (network.town.status(edge.device()) instanceof DeviceStatus.Active active) {
                active.ended().forEach(clinic -> isGone(edge, clinic));
            }
        }
    }

    private static void isGone(SimulatedEdge edge, InstitutionCode clinic) {
        FactStore store = edge.store();
        for (TreatmentMonth month : store.months()) {
            List<Fact> left = store.facts(clinic, month);
            Promise.P5.demand(left.isEmpty(), edge.device() + " still has " + left + " of a clinic that ended there");
        }
    }

    private Set<TreatmentMonth> closed(Set<TreatmentMonth> months) {
        Set<TreatmentMonth> closed = new TreeSet<>(months);
        closed.removeIf(month -> !month.isClosedAt(network.time.instant()));
        return closed;
    }
}
