package jp.kakunin.hub.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.journal.StreamId;
import jp.kakunin.journal.StreamState;
import org.jspecify.annotations.Nullable;

/// A hub that does not know the schema of anything it is sent: what it leaves in a journal for the one that does.
public final class OlderHub {
    private static final PatientId NOBODY = new PatientId(new UUID(0, 0));

    private final Journal journal;
    private final Sample sample;
    public final DeviceId device;
    private final Epoch epoch;

    public OlderHub(Journal journal, Sample sample) {
        this.journal = journal;
        this.sample = sample;
        device = sample.ids.device();
        epoch = sample.ids.epoch();
    }

    public StreamId stream(InstitutionCode clinic) {
        return new StreamId(device, epoch, clinic);
    }

    /// The next fact of the stream, which it sets aside.
    public SetAside take(Fact fact, byte @Nullable [] attachment, QuarantineReason reason) throws Exception {
        InstitutionCode clinic = fact.envelope().clinic();
        byte[] bytes = FactCodec.encode(fact);
        TreatmentMonth month = Sample.MONTH;
        StreamState before = journal.stream(stream(clinic));
        StreamPosition position = before == null ? StreamPosition.START : before.position();
        StreamPosition after = position.after(bytes);
        Remark remark = new Remark(after.seq(), Outcome.QUARANTINED, reason);
        Draft draft = new Draft(clinic, journal.head(clinic));
        draft.append(
                month,
                Sample.NOW,
                new Origin(device, epoch, after.seq()),
                FactCodec.encode(new Fact.Quarantined(
                        new Envelope(sample.ids.fact(), clinic, NOBODY, month, Sample.NOW, false),
                        Digest.of(bytes),
                        reason)));
        SetAside setAside = new SetAside(clinic, month, Digest.of(bytes), draft.position(month), bytes, attachment);
        draft.setAside(setAside);
        Tally tally = new Tally(0, 0, 0, 1, 0);
        draft.stream(
                stream(clinic),
                new StreamState(
                        after,
                        before == null ? tally : before.tally().plus(tally),
                        before == null
                                ? List.of(remark)
                                : Stream.concat(before.remarks().stream(), Stream.of(remark))
                                        .toList(),
                        sample.ids.instance(),
                        Sample.NOW));
        assertThat(journal.commit(draft.commit()).get(30, TimeUnit.SECONDS)).isInstanceOf(CommitResult.Committed.class);
        return setAside;
    }
}
