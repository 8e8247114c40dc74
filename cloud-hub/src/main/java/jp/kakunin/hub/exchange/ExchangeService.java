package jp.kakunin.hub.exchange;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.AnswerSeal;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.hub.fleet.DeviceDirectory;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;

/// The hub's side of the exchange.
public final class ExchangeService {
    /// @param shards each runs one task at a time, in order; more shards decide about more clinics at once
    public ExchangeService(
            ExchangeSettings settings,
            Journal journal,
            DeviceDirectory devices,
            FleetView fleet,
            AnswerSeal seal,
            InstantSource clock,
            RandomGenerator random,
            List<Executor> shards,
            Timers timers) {}

    /// Called on any thread and returns at once. The future fails only when the journal failed.
    public CompletableFuture<Reply> handle(DeviceId device, Request request) {
        throw new IllegalStateException("to be written");
    }

    /// Records what the authority said to a question. `false`: the question was settled meanwhile, or its month is gone.
    public CompletableFuture<Boolean> answer(Question question, LocalDate asOf, Instant answeredAt, Answer answer) {
        throw new IllegalStateException("to be written");
    }

    /// Takes a question off the list that can never be asked.
    public CompletableFuture<Boolean> drop(Question question) {
        throw new IllegalStateException("to be written");
    }

    public void onCommit(CommitListener listener) {
        throw new IllegalStateException("to be written");
    }
}
