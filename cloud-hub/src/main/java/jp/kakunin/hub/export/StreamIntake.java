package jp.kakunin.hub.export;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import jp.kakunin.domain.Epoch;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Export;
import jp.kakunin.exchange.Limits;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.exchange.Timers;
import org.jspecify.annotations.Nullable;

/// Gives one stream of an export to the hub as its device would: greet, then one batch at a time under the hub's grant,
/// each only after the one before is acknowledged. What is in the hub already is passed over, so that a file can be
/// taken again.
public final class StreamIntake {
    /// How long a busy hub is asked again, all times together; whoever waits for the import must hear in time.
    static final Duration BUSY_MAX = Duration.ofSeconds(20);

    private static final Duration GREET_AGAIN = Duration.ofSeconds(1);

    /// A hub that is restored meanwhile begins anew; more often than this something else is wrong. Going forward
    /// does not count: the same file is being imported elsewhere as well.
    private static final int RESUMES_MAX = 3;

    private final Export.Stream stream;
    private final Epoch epoch;
    private final Function<Batch, CompletableFuture<Reply>> hub;
    private final Timers timers;
    private final List<StreamPosition> chain = new ArrayList<>();
    private final CompletableFuture<StreamTaken> taken = new CompletableFuture<>();
    private int at;
    private int now;
    private int factsMax;
    private int resumes;
    private Duration busy = Duration.ZERO;
    private Tally tally = Tally.NONE;

    private StreamIntake(
            Export.Stream stream, Epoch epoch, Function<Batch, CompletableFuture<Reply>> hub, Timers timers) {
        this.stream = stream;
        this.epoch = epoch;
        this.hub = hub;
        this.timers = timers;
        chain.add(StreamPosition.START);
        stream.facts().forEach(sent -> chain.add(chain.getLast().after(sent.fact())));
    }

    /// Completes when all is taken or it cannot go on; fails only when the journal failed.
    public static CompletableFuture<StreamTaken> take(
            Export.Stream stream, Epoch epoch, Function<Batch, CompletableFuture<Reply>> hub, Timers timers) {
        StreamIntake intake = new StreamIntake(stream, epoch, hub, timers);
        intake.send();
        return intake.taken;
    }

    /// At the end another greeting asks what became of all, also of those that were here before.
    private void send() {
        List<SentFact> facts = next();
        Batch batch = new Batch(stream.clinic(), epoch, chain.get(at), facts, false, Backlog.NONE);
        var _ = hub.apply(batch)
                .thenAccept(reply -> answered(batch, reply.body()))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        taken.completeExceptionally(failure);
                    }
                });
    }

    private List<SentFact> next() {
        List<SentFact> facts = new ArrayList<>();
        long bytes = 0;
        for (SentFact sent : stream.facts().subList(at, stream.facts().size())) {
            byte[] attachment = sent.attachment();
            bytes += sent.fact().length + (attachment == null ? 0 : attachment.length);
            if (facts.size() == factsMax || bytes > Limits.BATCH_BYTES_MAX && !facts.isEmpty()) {
                break;
            }
            facts.add(sent);
        }
        return facts;
    }

    private void answered(Batch batch, Reply.Body body) {
        switch (body) {
            case Reply.Busy(Duration retryAfter) -> again(retryAfter);
            case Reply.Pushed(List<StreamReply> streams) -> answered(batch, streams.getFirst());
            case Reply.News _, Reply.Reset _, Reply.WaitRefused _ ->
                throw new IllegalStateException("a batch is not answered so: " + body);
        }
    }

    private void again(Duration retryAfter) {
        busy = busy.plus(retryAfter);
        if (busy.compareTo(BUSY_MAX) > 0) {
            end("the hub is busy; import the file again later");
        } else {
            timers.after(retryAfter, this::send);
        }
    }

    private void answered(Batch batch, StreamReply reply) {
        switch (reply) {
            case StreamReply.Acknowledged acknowledged -> {
                at += batch.facts().size();
                now += batch.facts().size();
                tally = acknowledged.tally();
                if (batch.facts().isEmpty() && at == stream.facts().size()) {
                    end(null);
                } else {
                    granted(acknowledged.grant());
                }
            }
            case StreamReply.Resume resume -> resume(resume.position(), resume.grant());
            case StreamReply.Refused refused ->
                refused(refused.refusal(), batch.facts().size());
        }
    }

    private void granted(Grant grant) {
        int most = factsMax == 0 ? Limits.BATCH_FACTS_MAX : factsMax * 2;
        factsMax = Math.min(Math.min(Limits.BATCH_FACTS_MAX, grant.facts()), most);
        if (factsMax > 0) {
            send();
        } else {
            again(GREET_AGAIN);
        }
    }

    private void resume(StreamPosition position, Grant grant) {
        int known = chain.indexOf(position);
        if (known < 0 || known <= at && ++resumes > RESUMES_MAX) {
            end("the hub holds other records under the number of this file: export again at the clinic");
            return;
        }
        at = known;
        granted(grant);
    }

    /// Fewer at a time, until what cannot be decided about stands alone. Over the line the device can go around it;
    /// a file cannot, its numbers being given.
    private void refused(Refusal refusal, int facts) {
        switch (refusal) {
            case TOO_MANY_FACTS, BATCH_TOO_LARGE, UNDECIDABLE -> {
                if (facts > 1) {
                    factsMax = facts / 2;
                    send();
                } else {
                    end("record " + (at + 1) + " cannot be decided about; the log of the hub says why. The rest comes"
                            + " when the clinic has a line again");
                }
            }
            case NOT_THIS_DEVICES_CLINIC ->
                end("devices.csv does not name this clinic for the device: correct it and import the file again");
            case OUT_OF_ORDER -> end("the numbers in the file are not in order: export again at the clinic");
            case DEVICE_REVOKED, DEVICE_UNKNOWN, DECLARATION_ENDED, INSTANCE_CLASH ->
                end("the hub refused it: " + refusal);
        }
    }

    private void end(@Nullable String stopped) {
        taken.complete(new StreamTaken(stream.clinic(), stream.facts().size(), now, tally, stopped));
    }
}
