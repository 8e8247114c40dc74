package jp.kakunin.exchange;

import java.time.Instant;
import java.util.List;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;

/// What a device gives into one file that is carried by hand: an epoch of its own, so that the streams it sends over
/// the line are not touched by it. Both ways may bring the same facts; their ids make that harmless.
///
/// @param writtenAt on the device's clock
public record Export(Epoch epoch, Instance instance, Instant writtenAt, List<Stream> streams) {
    public Export {
        streams = List.copyOf(streams);
    }

    /// The facts of one clinic, numbered from 1.
    public record Stream(InstitutionCode clinic, List<SentFact> facts) {
        public Stream {
            facts = List.copyOf(facts);
        }
    }
}
