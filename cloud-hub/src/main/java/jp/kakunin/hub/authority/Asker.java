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
import jp.kakunin.domain.TreatmentMonth;
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
///
/// Live questions go first, then closing month, first visits, the oldest; all at the pace the authority allows. While
/// it
/// seems away the backlog rests, and a few live questions are tried nevertheless. An authority that wants the patient
/// present is asked while that may be so; afterwards the evidence is too old, and the card is to be read again.
public final class Asker implements CommitListener, AutoCloseable {
    static final int QUESTIONS_AT_ONCE_MAX = 64;
    static final int LIVE_QUESTIONS_TRIED_MAX = 4;
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
    private final AuthorityHealth health;

    // From here on only on the executor.
    private final QuestionFeed feed;
    private final Patience patience;
    private final Breaker breaker;
    private final Pace pace;
    private @Nullable Timer wake;
    private Instant wakeAt = Instant.MIN;
    private boolean closed;

    /// @param perSecondMax questions a second, at most
    /// @param executor runs one task at a time, in order; reads the journal, so not an event loop
    public Asker(
            Journal journal,
            Authority authority,
            int perSecondMax,
            ExchangeService exchange,
            Executor executor,
            Timers timers,
            InstantSource clock,
            RandomGenerator random,
            AuthorityHealth health) {
        this.journal = journal;
        this.authority = authority;
        this.exchange = exchange;
        this.executor = executor;
        this.timers = timers;
        this.clock = clock;
        this.health = health;
        this.feed = new QuestionFeed(journal);
        this.patience = new Patience(random);
        this.breaker = new Breaker(random);
        this.pace = new Pace(perSecondMax, clock.instant());
        health.note(Breaker.State.CLOSED, pace.perSecond());
    }

    /// Begins with the questions left by the last run.
    public void start() {
        executor.execute(this::ask);
    }

    @Override
    public void committed(InstitutionCode clinic, List<Question> questions, boolean live) {
        if (!questions.isEmpty()) {
            executor.execute(() -> {
                Instant now = clock.instant();
                for (Question question : questions) {
                    if (live) {
                        feed.addLive(question, now);
                    } else {
                        feed.add(question);
                    }
                }
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
            Question next = pace.mayAsk(now) ? take(now) : null;
            if (next == null) {
                wakeForNext();
                return;
            }
            try {
                ask(next, now);
            } catch (RuntimeException e) {
                LOG.error("asking the authority failed: {}", e.getClass().getName());
                // In a turn of its own: it asks for more, and so would go ever deeper.
                executor.execute(() -> record(next, null));
            }
        }
    }

    private @Nullable Question take(Instant now) {
        Breaker.State state = breaker.stateAt(now);
        Question live = state == Breaker.State.CLOSED || feed.asking() < LIVE_QUESTIONS_TRIED_MAX
                ? feed.takeLive(now, question -> mayAsk(question, now))
                : null;
        if (live != null) {
            return live;
        }
        boolean others = state == Breaker.State.CLOSED || (state == Breaker.State.HALF_OPEN && feed.asking() == 0);
        return others ? feed.takeOther(question -> mayAsk(question, now)) : null;
    }

    private boolean mayAsk(Question question, Instant now) {
        if (question.month().isClosedAt(now)) {
            patience.forget(question);
            return false;
        }
        return patience.mayAsk(question, now);
    }

    private boolean asksCaptured() {
        return authority.capabilities().contains(Capability.ASK_CAPTURED);
    }

    /// The authority would take it for a patient who is there. Whether a check is young is told by the hub's own
    /// clock where it came live, and by its birth where it did not.
    private boolean isTooOld(Question question, Instant now) {
        if (asksCaptured()) {
            return false;
        }
        long age = now.toEpochMilli() - (question.check().value().getMostSignificantBits() >>> 16);
        boolean young = age <= QuestionFeed.PATIENT_STAYS_MAX.toMillis();
        boolean ofToday = question.treatmentDate().equals(TreatmentMonth.dateAt(now));
        return !ofToday || !(young || feed.isLive(question, now));
    }

    private void ask(Question question, Instant now) {
        if (isTooOld(question, now)) {
            settleSoon(question, new AuthorityResult.Unusable(EvidenceFlaw.TOO_OLD));
            return;
        }
        byte[] attachment = journal.attachment(question.clinic(), question.month(), question.check());
        if (attachment == null) {
            settleSoon(question, new AuthorityResult.Unusable(EvidenceFlaw.MISSING));
            return;
        }
        pace.asked();
        health.countAsked();
        CompletableFuture<AuthorityResult> answer = authority.ask(
                new Inquiry.ByCard(question.check(), question.clinic(), question.treatmentDate(), attachment));
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
                breaker.answered();
                settle(question, answered);
            }
            case AuthorityResult.Unusable unusable -> settle(question, unusable);
            case AuthorityResult.NoAnswer none -> unanswered(question, none);
            case null -> unanswered(question, new AuthorityResult.NoAnswer(AuthorityResult.Cause.ABNORMAL));
        }
    }

    /// In a turn of its own: settling asks for more, and so would go ever deeper.
    private void settleSoon(Question question, AuthorityResult.Unusable unusable) {
        executor.execute(() -> settle(question, unusable));
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
                        case RECORDED -> {
                            patience.forget(question);
                            feed.settled(question);
                            ask();
                        }
                        // Settled by somebody else, or its evidence came meanwhile and it is to be asked after all.
                        case NOTHING_TO_DO -> {
                            patience.forget(question);
                            feed.settled(question);
                            feed.wantPass();
                            ask();
                        }
                        // The question is still open.
                        case null -> {
                            patience.postpone(question, clock.instant());
                            feed.giveBack(question);
                            ask();
                        }
                    }
                },
                executor);
    }

    private void unanswered(Question question, AuthorityResult.NoAnswer none) {
        Instant now = clock.instant();
        health.countNoAnswer(none.cause());
        feed.giveBack(question);
        if (none.cause().isAlive()) {
            breaker.answered();
        } else {
            breaker.unanswered(now);
        }
        if (none.pause() != null || none.cause() == AuthorityResult.Cause.BUSY) {
            pace.slowDown(now, none.pause());
        }
        if (none.cause() == AuthorityResult.Cause.BUSY) {
            feed.add(question);
        } else {
            patience.postpone(question, now);
        }
        ask();
    }

    /// One timer for all that is waited for. It may fire early by the clock, so it is set again until nothing is.
    private void wakeForNext() {
        Instant now = clock.instant();
        health.note(breaker.stateAt(now), pace.perSecond());
        Duration wait = patience.untilNext(now);
        wait = shorter(wait, breaker.untilNext(now));
        wait = shorter(wait, pace.mayAsk(now) ? null : pace.untilNext(now));
        if (wait == null || closed) {
            return;
        }
        Duration delay = wait.compareTo(WAKE_MIN) > 0 ? wait : WAKE_MIN;
        Instant at = now.plus(delay);
        if (wake != null && wakeAt.isAfter(at)) {
            wake.cancel();
            wake = null;
        }
        // One that is set already comes early enough: a timer for each commit would be many.
        if (wake == null) {
            wakeAt = at;
            wake = timers.after(delay, () -> executor.execute(this::awake));
        }
    }

    private static @Nullable Duration shorter(@Nullable Duration a, @Nullable Duration b) {
        return a == null || (b != null && b.compareTo(a) < 0) ? b : a;
    }

    private void awake() {
        wake = null;
        Instant now = clock.instant();
        patience.takeDue(now).forEach(feed::add);
        if (patience.takeForgotten(now)) {
            feed.wantPass();
        }
        ask();
    }
}
