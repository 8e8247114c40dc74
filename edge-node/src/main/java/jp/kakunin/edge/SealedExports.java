package jp.kakunin.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.desk.ExportReport;
import jp.kakunin.edge.desk.Outcome;
import jp.kakunin.edge.desk.Problem;
import jp.kakunin.edge.disk.PrivateFile;
import jp.kakunin.edge.exchange.EdgeCore;
import jp.kakunin.edge.exchange.ExportFilling;
import jp.kakunin.edge.exchange.ExportPlan;
import jp.kakunin.edge.exchange.ExportPlan.Item;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityException;
import jp.kakunin.exchange.Export;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what the hub has not acknowledged into sealed files, for somebody to carry. Reads a little at a time, so that
/// taps go on meanwhile, and writes on a thread of its own, because sticks are slow.
final class SealedExports {
    private static final Logger LOG = LoggerFactory.getLogger(SealedExports.class);

    /// Facts read in one turn of the edge's loop.
    private static final int READ_FACTS_MAX = 100;

    private static final int NAME_DIGITS = 12;

    private final EdgeCore core;
    private final Supplier<EdgeIdentity> identity;
    private final IdSource ids;
    private final AtomicBoolean writing = new AtomicBoolean();

    /// @param identity the one in force, which a renewal replaces
    SealedExports(EdgeCore core, Supplier<EdgeIdentity> identity, IdSource ids) {
        this.core = core;
        this.identity = identity;
        this.ids = ids;
    }

    /// @param folder must be there: a stick that is not plugged in is not to be made up on the PC's own disk
    CompletableFuture<Outcome<ExportReport>> to(Path folder) {
        if (!writing.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(Outcome.refused(Problem.EXPORT_ALREADY));
        }
        CompletableFuture<Outcome<ExportReport>> done = new CompletableFuture<>();
        Thread.ofPlatform().name("sealed-export").daemon().start(() -> {
            try {
                Outcome<ExportReport> outcome = write(folder);
                writing.set(false);
                done.complete(outcome);
            } catch (RuntimeException | Error e) {
                writing.set(false);
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private Outcome<ExportReport> write(Path folder) {
        if (!folder.isAbsolute() || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return Outcome.refused(Problem.EXPORT_FOLDER_UNUSABLE);
        }
        List<ExportReport.ExportedFile> files = new ArrayList<>();
        try {
            ExportPlan plan = core.exportPlan().join();
            if (plan.items().isEmpty() && !plan.left().isEmpty()) {
                return Outcome.refused(Problem.EXPORT_WITHOUT_KEY);
            }
            EdgeIdentity signing = identity.get();
            X509Certificate certificate = signing.certificate();
            PrivateKey key = signing.signingKey();
            plan.items().forEach((month, items) -> {
                PublicKey hub = Objects.requireNonNull(plan.keys().get(month));
                fill(
                        items,
                        export -> files.add(
                                file(folder, month, export, ExportFile.seal(export, month, hub, certificate, key))));
            });
            LOG.atInfo().addKeyValue("files", files.size()).log("a sealed export was written");
            return Outcome.done(new ExportReport(folder, files, plan.left()));
        } catch (UncheckedIOException e) {
            LOG.atWarn().setCause(e.getCause()).log("a sealed export could not be written");
            return Outcome.refused(files.isEmpty() ? Problem.EXPORT_FOLDER_UNUSABLE : Problem.EXPORT_INCOMPLETE);
        } catch (CompletionException | IdentityException e) {
            // A month that closed meanwhile took its facts with it, or the edge is stopping.
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
    private static ExportReport.ExportedFile file(Path folder, TreatmentMonth month, Export export, byte[] sealed) {
        String epoch = export.epoch().value().toString().replace("-", "");
        String name = "kakunin-" + month + "-" + epoch.substring(epoch.length() - NAME_DIGITS) + ".sealed";
        int records = export.streams().stream()
                .mapToInt(stream -> stream.facts().size())
                .sum();
        try {
            PrivateFile.writeElsewhere(folder.resolve(name), sealed);
            return new ExportReport.ExportedFile(name, month, records);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
