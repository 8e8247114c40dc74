package jp.kakunin.edge.exchange;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.FactStore;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;

/// The edge without screens: records facts, shows months, and keeps the exchange with the hub going in the background.
/// Safe for use by several threads; all work is done on one thread of its own.
public final class EdgeCore implements AutoCloseable {

    /// Takes ownership of store and link. Nothing runs before [#start].
    ///
    /// @param uptime time since some fixed point that never jumps, e.g. of `System.nanoTime`
    public EdgeCore(
            List<InstitutionCode> clinics,
            FactStore store,
            HubLink link,
            InstantSource clock,
            Supplier<Duration> uptime,
            RandomGenerator random,
            String appVersion) {
        throw new IllegalStateException("to be written");
    }

    public void start() {}

    /// Completes when the facts are on disk; fails with `StoreFullException` when nothing was recorded.
    public CompletableFuture<Void> record(List<NewFact> facts) {
        throw new IllegalStateException("to be written");
    }

    /// Own and pulled facts; none of a month that is closed, and none when the device is revoked.
    public CompletableFuture<List<Fact>> facts(InstitutionCode clinic, TreatmentMonth month) {
        throw new IllegalStateException("to be written");
    }

    /// Like [#facts], with what the hub has not acknowledged and what it remarked.
    public CompletableFuture<MonthView> month(InstitutionCode clinic, TreatmentMonth month) {
        throw new IllegalStateException("to be written");
    }

    /// The latest snapshot; never waits.
    public EdgeStatus status() {
        throw new IllegalStateException("to be written");
    }

    public ConnectionState connection() {
        return status().connection();
    }

    /// Called on the edge's own thread after own or pulled facts, acknowledgements, or the status changed: be short.
    public void onChange(Runnable listener) {}

    /// Called once when the store broke or an invariant failed; the process should end and be started again.
    public void onBroken(java.util.function.Consumer<Throwable> listener) {}

    /// The business time: the hub's when connected, and never behind what the hub last said.
    public Instant now() {
        throw new IllegalStateException("to be written");
    }

    /// Facts recorded now must carry `clockDoubtful`, and the desk asks for today's date.
    public boolean clockDoubtful() {
        return status().clockDoubtful();
    }

    /// The staff's answer to "what is today's date?".
    ///
    /// @return false when the hub has already been later than that date, so it cannot be right
    public boolean confirmDate(LocalDate today) {
        throw new IllegalStateException("to be written");
    }

    /// Tells the operators how the card reader is.
    public void reader(ReaderCondition condition) {}

    /// Says goodbye to the hub if it can be reached soon, then stops; whatever is unsent is sent after the next start.
    public void stop(String reason) {}

    @Override
    public void close() {
        stop("closed");
    }
}
