package jp.kakunin.hub.export;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.exchange.Export;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.Timers;
import jp.kakunin.hub.export.ExportRefusedException.Reason;
import jp.kakunin.hub.fleet.Counters;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.pki.DeviceCertificate;
import org.jspecify.annotations.Nullable;

/// Opens sealed exports, finds out whose they are, and has them taken as if they came over the line.
public final class SealedExports implements ExportIntake {
    private final Journal journal;
    private final X509Certificate authority;
    private final FileDeviceDirectory devices;
    private final ExchangeService exchange;
    private final Counters counters;
    private final InstantSource clock;
    private final Timers timers;

    /// @param authority signed the certificates of the devices
    public SealedExports(
            Journal journal,
            X509Certificate authority,
            FileDeviceDirectory devices,
            ExchangeService exchange,
            Counters counters,
            InstantSource clock,
            Timers timers) {
        this.journal = journal;
        this.authority = authority;
        this.devices = devices;
        this.exchange = exchange;
        this.counters = counters;
        this.clock = clock;
        this.timers = timers;
    }

    @Override
    public CompletableFuture<ExportTaken> take(byte[] file) throws ExportRefusedException {
        OpenedExport opened = OpenedExport.of(file, journal, clock.instant());
        EnrolledDevice device = device(opened.certificate());
        counters.count(Counters.Event.EXPORT_TAKEN);
        return take(device.id(), opened.export())
                .thenApply(streams -> new ExportTaken(
                        opened.month(),
                        device.id(),
                        device.name(),
                        device.state(),
                        opened.export().writtenAt(),
                        streams));
    }

    /// One clinic after the other.
    private CompletableFuture<List<StreamTaken>> take(DeviceId device, Export export) {
        CompletableFuture<List<StreamTaken>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (Export.Stream stream : export.streams()) {
            all = all.thenCompose(taken -> StreamIntake.take(
                            stream, export.epoch(), batch -> exchange.carried(device, export.instance(), batch), timers)
                    .thenApply(one -> {
                        taken.add(one);
                        return taken;
                    }));
        }
        return all;
    }

    private EnrolledDevice device(X509Certificate certificate) throws ExportRefusedException {
        @Nullable DeviceId device = DeviceCertificate.device(certificate);
        Instant end = certificate.getNotAfter().toInstant();
        Instant now = clock.instant();
        boolean expired = now.isAfter(end);
        if (device == null
                || !DeviceCertificate.isOf(certificate, authority, expired ? end : now)
                || !devices.knows(device, DeviceCertificate.fingerprint(certificate), end)) {
            throw new ExportRefusedException(
                    Reason.DEVICE_UNKNOWN,
                    "It was written by a device that this hub does not know, or with a certificate that was replaced"
                            + " since. If the clinic enrolled the device again, export again there.");
        }
        if (expired) {
            throw new ExportRefusedException(
                    Reason.CERTIFICATE_EXPIRED,
                    "The certificate of device " + device + ", which wrote it, ended at " + end
                            + ". Enrol the device again, then export again at the clinic.");
        }
        EnrolledDevice known = devices.device(device).orElseThrow();
        if (known.state() == EnrolledDevice.State.STOLEN) {
            // Over the line each fact is refused; here the file is, or it could not be imported once the device is
            // back.
            throw new ExportRefusedException(
                    Reason.DEVICE_STOLEN,
                    "Device " + device + ", which wrote it, is reported stolen, and nothing of it is believed. If it is"
                            + " not stolen after all, say so in devices.csv and import the file again.");
        }
        return known;
    }
}
