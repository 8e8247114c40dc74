package jp.kakunin.edge;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.desk.Exportable;
import jp.kakunin.edge.desk.Outcome;
import jp.kakunin.edge.desk.Problem;
import jp.kakunin.edge.desk.SealedFiles;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.exchange.ExportFilling;
import jp.kakunin.edge.exchange.ExportPlan;
import jp.kakunin.edge.exchange.ExportPlan.Item;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityException;
import jp.kakunin.exchange.Export;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals what the hub has not acknowledged into files for somebody to carry, and hands them out one by one: where they
/// are written is the business of whoever asked. Reads a little at a time, so that taps go on meanwhile, on a thread of
/// its own.
final class SealedExports {
    private static final Logger LOG = LoggerFactory.getLogger(SealedExports.class);

    /// A reader that takes longer for one file is given up: its stick hangs.
    static final Duration TAKE_SECONDS_MAX = Duration.ofSeconds(60);

    /// Facts read in one turn of the edge's loop.
    private static final int READ_FACTS_MAX = 100;

    private static final int NAME_DIGITS = 12;

    private final EdgeCore core;
    private final Supplier<EdgeIdentity> identity;
    private final IdSource ids;
    private final Duration takeMax;
    private final AtomicBoolean sealing = new AtomicBoolean();

    /// @param identity the one in force, which a renewal replaces
    SealedExports(EdgeCore core, Supplier<EdgeIdentity> identity, IdSource ids, Duration takeMax) {
        this.core = core;
        this.identity = identity;
        this.ids = ids;
        this.takeMax = takeMax;
    }

    CompletableFuture<Exportable> exportable() {
        return core.exportPlan().thenApply(SealedExports::contents);
    }

    CompletableFuture<Outcome<Exportable>> to(SealedFiles files) {
        if (!sealing.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(Outcome.refused(Problem.EXPORT_ALREADY));
        }
        CompletableFuture<Outcome<Exportable>> done = new CompletableFuture<>();
        Thread.ofPlatform().name("sealed-export").daemon().start(() -> {
            try {
                Outcome<Exportable> outcome = seal(files);
                sealing.set(false);
                done.complete(outcome);
            } catch (RuntimeException | Error e) {
                sealing.set(false);
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static Exportable contents(ExportPlan plan) {
        SortedMap<TreatmentMonth, Integer> records = new TreeMap<>();
        plan.items().forEach((month, items) -> records.put(month, items.size()));
        return new Exportable(records, plan.tooLate(), plan.withoutKey());
    }

    private Outcome<Exportable> seal(SealedFiles files) {
        try {
            ExportPlan plan = core.exportPlan().join();
            Exportable contents = contents(plan);
            Problem refusal = contents.refusal();
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            EdgeIdentity signing = identity.get();
            X509Certificate certificate = signing.certificate();
            PrivateKey key = signing.signingKey();
            plan.items().forEach((month, items) -> {
                PublicKey hub = Objects.requireNonNull(plan.keys().get(month));
                fill(
                        items,
                        export -> hand(
                                files, name(month, export), ExportFile.seal(export, month, hub, certificate, key)));
            });
            LOG.atInfo().addKeyValue("records", contents.records().values()).log("a sealed export was fetched");
            return Outcome.done(contents);
        } catch (NotTakenException | CompletionException | IdentityException e) {
            // Nobody fetched it to the end, a month that closed meanwhile took its facts with it, or the edge stops.
            LOG.atWarn().setCause(e).log("a sealed export was broken off");
            return Outcome.refused(Problem.EXPORT_INCOMPLETE);
        }
    }

    private void fill(List<Item> items, Consumer<Export> full) {
        ExportFilling filling = new ExportFilling(ids, ids.instance(), core.now(), full);
        int from = 0;
        while (from < items.size()) {
            InstitutionCode clinic = items.get(from).clinic();
            List<Item> some = items.subList(from, Math.min(from + READ_FACTS_MAX, items.size())).stream()
                    .takeWhile(item -> item.clinic().equals(clinic))
                    .toList();
            core.outgoing(clinic, some.stream().map(Item::unnumbered).toList())
                    .join()
                    .forEach(sent -> filling.add(clinic, sent));
            from += some.size();
        }
        filling.finish();
    }

    /// The name tells the month, because after its close the file is of no use, and nothing about the clinic.
    private static String name(TreatmentMonth month, Export export) {
        String epoch = export.epoch().value().toString().replace("-", "");
        return "kakunin-" + month + "-" + epoch.substring(epoch.length() - NAME_DIGITS) + ".sealed";
    }

    private void hand(SealedFiles files, String name, byte[] sealed) {
        try {
            files.take(name, sealed).toCompletableFuture().get(takeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotTakenException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotTakenException(e);
        }
    }

    /// Whoever fetched the files went away; never leaves this class.
    private static final class NotTakenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotTakenException(Exception cause) {
            super("nobody takes the files any more", cause);
        }
    }
}
