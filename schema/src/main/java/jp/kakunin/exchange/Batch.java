package jp.kakunin.exchange;

import java.util.List;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.InstitutionCode;

/// A run of facts of one stream (device, epoch, clinic), together with the position it follows. The device is the one
/// of
/// the client certificate. Without facts it asks where the stream stands and for a grant.
///
/// @param live a patient is waiting now
public record Batch(
        InstitutionCode clinic,
        Epoch epoch,
        StreamPosition follows,
        List<SentFact> facts,
        boolean live,
        Backlog backlog) {
    public Batch {
        facts = List.copyOf(facts);
    }
}
