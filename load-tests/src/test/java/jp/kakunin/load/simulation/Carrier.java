package jp.kakunin.load.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.codec.ExportFile;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Export;
import jp.kakunin.hub.export.ExportRefusedException;
import jp.kakunin.hub.export.ExportRefusedException.Reason;
import jp.kakunin.hub.export.OpenedExport;
import jp.kakunin.hub.export.StreamTaken;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.KeyedCertificate;

/// Carries sealed exports from clinics to the hub: soon or late, once or twice, whatever happened to either meanwhile.
final class Carrier {
    private static final int SOON_MILLIS_MAX = 600_000;
    private static final int LATE_HOURS_MAX = 24 * 40;
    private static final Duration HUB_AWAY = Duration.ofMinutes(10);
    private static final Duration CUT_OFF = Duration.ofMinutes(2);
    private static final int TRIES_MAX = 5;

    /// While a file is being taken.
    private static final int CRASH_MILLIS_MAX = 40;

    private static final Duration HUB_TIME_OFF_MAX = Duration.ofMinutes(1);

    /// Signs for all: whose a certificate is, is not looked at here.
    private static final KeyedCertificate CERTIFICATE = certificate();

    private final Network network;
    private final Dice dice;
    private final List<Sealed> written = new ArrayList<>();
    private boolean stopped;

    private record Sealed(SimulatedEdge edge, DeviceId device, TreatmentMonth month, byte[] file, int restores) {}

    Carrier(Network network) {
        this.network = network;
        this.dice = network.dice.split();
    }

    /// @return whether it was a day for it: nobody does it any more once all is to heal by itself
    boolean export(SimulatedEdge edge) {
        if (stopped) {
            return false;
        }
        edge.export((month, key, export) -> {
            byte[] file = ExportFile.seal(export, month, key, CERTIFICATE.certificate(), CERTIFICATE.key());
            Sealed sealed = new Sealed(edge, edge.device(), month, file, edge.restores());
            written.add(sealed);
            network.happenings.count(Happening.SEALED_EXPORT);
            for (int times = dice.pick(1, 1, 2); times > 0; times--) {
                network.time.after(delayMillis(), () -> bring(sealed, TRIES_MAX));
            }
        });
        return true;
    }

    private long delayMillis() {
        return dice.chance(0.7)
                ? dice.longTail(1_000, SOON_MILLIS_MAX)
                : Duration.ofHours(dice.between(1, LATE_HOURS_MAX)).toMillis();
    }

    /// Nothing is carried any more: what is left must come over the line.
    void stop() {
        stopped = true;
    }

    private void bring(Sealed sealed, int tries) {
        if (stopped || tries == 0) {
            return;
        }
        if (!network.hub.isRunning()) {
            network.time.after(HUB_AWAY.toMillis(), () -> bring(sealed, tries - 1));
            return;
        }
        try {
            OpenedExport opened = OpenedExport.of(sealed.file(), network.hub.journal(), network.time.instant());
            if (dice.chance(0.1)) {
                network.time.after(dice.upTo(CRASH_MILLIS_MAX), network.hub::crash);
            }
            Promise.P4.demand(
                    !isClosed(sealed.month()), "an export of " + sealed.month() + " is opened after its close");
            for (Export.Stream stream : opened.export().streams()) {
                CompletableFuture<StreamTaken> taken = network.hub.carried(sealed.device(), opened.export(), stream);
                var _ = taken.thenAccept(each -> taken(sealed, each));
                network.time.after(CUT_OFF.toMillis(), () -> {
                    if (!taken.isDone()) {
                        cutOff(sealed);
                    }
                });
            }
        } catch (ExportRefusedException e) {
            Promise.P2.demand(e.reason() == Reason.MONTH_FORGOTTEN, "an export is refused: " + e.getMessage());
            Promise.P1.demand(
                    sealed.month().isClosedAt(network.time.instant().plus(HUB_TIME_OFF_MAX)),
                    "an export of " + sealed.month() + " is refused before its close");
            network.happenings.count(Happening.SEALED_EXPORT_AFTER_CLOSE);
        }
    }

    /// The hub crashed meanwhile, or was too busy: the operator is told so, and brings it again.
    private void cutOff(Sealed sealed) {
        network.happenings.count(Happening.SEALED_EXPORT_CUT_OFF);
        bring(sealed, 1);
    }

    private void taken(Sealed sealed, StreamTaken taken) {
        if (taken.stopped() != null) {
            cutOff(sealed);
            return;
        }
        Promise.P10.demand(
                taken.tally().sum() == taken.facts(), "of " + taken.facts() + " carried facts " + taken.tally());
        network.happenings.count(
                taken.now() == 0 ? Happening.SEALED_EXPORT_IMPORTED_AGAIN : Happening.SEALED_EXPORT_IMPORTED);
        if (sealed.edge().restores() > sealed.restores()) {
            network.happenings.count(Happening.SEALED_EXPORT_IMPORTED_AFTER_RESTORE);
        }
    }

    private boolean isClosed(TreatmentMonth month) {
        TreatmentMonth through = network.hub.journal().closedThrough();
        return through != null && month.compareTo(through) <= 0;
    }

    /// Of what was written for closed months nothing can be opened any more.
    void check() {
        for (Sealed sealed : written) {
            if (isClosed(sealed.month())) {
                Promise.P4.demand(
                        network.hub.journal().exportKeys(sealed.month()) == null,
                        "the hub still has the key of an export of " + sealed.month());
            }
        }
    }

    private static KeyedCertificate certificate() {
        try {
            var folder = Files.createTempDirectory("kakunin-ca");
            try {
                return CertificateAuthority.openOrMake(folder, new SecureRandom())
                        .issue(new DeviceId(new UUID(1, 1)), Instant.parse("2049-01-01T00:00:00Z"));
            } finally {
                try (var files = Files.list(folder)) {
                    for (var file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
