package jp.kakunin.hub.authority;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.exchange.CommitListener;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.Timers;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;

/// Asks the authority what the journal holds as open questions.
public final class Asker implements CommitListener, AutoCloseable {
    /// @param executor runs one task at a time, in order; reads the journal, so not an event loop
    public Asker(
            Journal journal,
            Authority authority,
            ExchangeService exchange,
            Executor executor,
            Timers timers,
            RandomGenerator random) {}

    /// Begins with the questions left by the last run.
    public void start() {
        throw new IllegalStateException("to be written");
    }

    @Override
    public void committed(InstitutionCode clinic, List<Question> questions, boolean live) {
        throw new IllegalStateException("to be written");
    }

    @Override
    public void close() {}
}
