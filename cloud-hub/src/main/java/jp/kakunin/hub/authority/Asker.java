package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.exchange.CommitListener;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.Settled;
import jp.kakunin.hub.exchange.Timers;
import jp.kakunin.hub.exchange.Timers.Timer;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the authority what the journal holds as open questions and has the answers recorded. An answer, good or
/// bad, ends a question; only no answer is asked again.
public final class Asker implements CommitListener, AutoCloseable {
    static final int QUESTIONS_AT_ONCE_MAX = 64;
    static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Asker.class);
    private static final Duration RECORD_RETRY = Duration.ofSeconds(1);
    private static final Duration WAKE_MIN = Duration.ofMillis(10);

    private final Journal journal;
    private final Authority authority;
    private final ExchangeService exchange;
    private final Executor executor;
    private final Timers timers;
    private final InstantSource clock;

    // From here on only on the executor.
    private final QuestionFeed feed;
    private final Patience patience;
    private @Nullable Timer wake;
    private boolean closed;

    /// @param executor runs one task at a time, in order; reads the journal, so not an event loop
    public Asker(
            Journal journal,
            Authority authority,
            ExchangeService exchange,
            Executor executor,
            Timers timers,
            InstantSource clock,
            RandomGenerator random) {
        this.journal = journal;
        this.authority = authority;
        this.exchange = exchange;
        this.executor = executor;
        this.timers = timers;
        this.clock = clock;
        this.feed = new QuestionFeed(journal);
        this.patience = new Patience(random);
    }

    /// Begins with the questions left by the last run.
    public void start() {
        executor.execute(this::ask);
    }

    @Override
    public void committed(InstitutionCode clinic, List<Question> questions, boolean live) {
        if (!questions.isEmpty()) {
            executor.execute(() -> {
                if (live) {
                    questions.forEach(feed::addLive);
                }
                feed.wantPass();
                ask();
            });
        }
    }

    /// Asks nothing more. What is under way is recorded when it comes, or asked again by the next run.
    @Override
    public void close() {
        executor.execute(() -> closed = true);
    }

    private void ask() {
        while (!closed && feed.asking() < QUESTIONS_AT_ONCE_MAX) {
            Instant now = clock.instant();
            boolean withBacklog =
                    authority.capabilities().contains(Capability.ASK_CAPTURED) && !patience.isPausedAt(now);
            Question next = feed.take(
                    withBacklog, question -> !question.month().isClosedAt(now) && patience.mayAsk(question, now));
            if (next == null) {
                return;
            }
            try {
                ask(next);
            } catch (RuntimeException e) {
                LOG.error("asking the authority failed: {}", e.getClass().getName());
                // In a turn of its own: it asks for more, and so would go ever deeper.
                executor.execute(() -> record(next, null));
            }
        }
    }

    private void ask(Question question) {
        byte[] attachment = journal.attachment(question.clinic(), question.month(), question.check());
        if (attachment == null) {
            record(question, new AuthorityResult.Unusable(EvidenceFlaw.MISSING));
            return;
        }
        Inquiry inquiry = new Inquiry(question.check(), question.clinic(), question.treatmentDate(), attachment);
        CompletableFuture<AuthorityResult> answer = authority.ask(inquiry);
        Timer tooLate = timers.after(
                ANSWER_WAIT_MAX, () -> answer.complete(new AuthorityResult.NoAnswer(AuthorityResult.Cause.TIMED_OUT)));
        var _ = answer.whenCompleteAsync(
                (result, _) -> {
                    tooLate.cancel();
                    record(question, result);
                },
                executor);
    }

    private void record(Question question, @Nullable AuthorityResult result) {
        switch (result) {
            case AuthorityResult.Answered answered -> {
                patience.succeeded(question);
                settle(question, answered);
            }
            case AuthorityResult.Unusable unusable -> {
                LOG.warn("card evidence of clinic {} is unusable: {}", question.clinic(), unusable.flaw());
                patience.forget(question);
                settle(question, unusable);
            }
            case AuthorityResult.NoAnswer _ -> tryLater(question);
            case null -> tryLater(question);
        }
    }

    /// A result in hand is not asked for again while the hub is too busy to record it.
    private void settle(Question question, AuthorityResult result) {
        CompletableFuture<Settled> settling = switch (result) {
            case AuthorityResult.Answered answered ->
                exchange.answer(question, answered.asOf(), answered.answeredAt(), answered.answer());
            case AuthorityResult.Unusable unusable -> exchange.unusable(question, unusable.flaw());
            case AuthorityResult.NoAnswer _ -> throw new IllegalArgumentException("no answer settles nothing");
        };
        var _ = settling.whenCompleteAsync(
                (settled, _) -> {
                    switch (settled) {
                        case BUSY -> timers.after(RECORD_RETRY, () -> executor.execute(() -> settle(question, result)));
                        case RECORDED -> finish(question);
                        // Settled by somebody else, or its evidence came meanwhile and it is to be asked after all.
                        case NOTHING_TO_DO -> {
                            feed.wantPass();
                            finish(question);
                        }
                        // The question is still open, but only a pass through the journal would find it.
                        case null -> {
                            patience.postpone(question, clock.instant());
                            wakeForNext();
                            finish(question);
                        }
                    }
                },
                executor);
    }

    private void tryLater(Question question) {
        patience.failed(question, clock.instant());
        wakeForNext();
        finish(question);
    }

    private void finish(Question question) {
        feed.giveBack(question);
        ask();
    }

    /// One timer for all that wait. It may fire early by the clock, so it is set again until none waits.
    private void wakeForNext() {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
        Duration wait = patience.untilNext(clock.instant());
        if (wait != null && !closed) {
            wake = timers.after(wait.compareTo(WAKE_MIN) > 0 ? wait : WAKE_MIN, () -> executor.execute(this::awake));
        }
    }

    private void awake() {
        feed.wantPass();
        wakeForNext();
        ask();
    }
}
