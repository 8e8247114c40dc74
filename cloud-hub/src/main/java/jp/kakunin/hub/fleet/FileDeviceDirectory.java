package jp.kakunin.hub.fleet;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.Watched;

/// The device directory of one hub node: its two register files, looked at for every request and read again when they
/// have changed.
public final class FileDeviceDirectory implements DeviceDirectory {
    private final Watched<Map<InstitutionCode, Clinic>> clinics;
    private final Watched<Map<DeviceId, EnrolledDevice>> devices;

    public FileDeviceDirectory(Path clinicsFile, Path devicesFile) {
        this.clinics = new Watched<>(clinicsFile, new ClinicRegister(clinicsFile)::read);
        this.devices = new Watched<>(devicesFile, new DeviceRegister(devicesFile)::read);
    }

    @Override
    public DeviceStatus status(DeviceId device) {
        return device(device).map(FileDeviceDirectory::statusOf).orElseGet(DeviceStatus.Unknown::new);
    }

    @Override
    public int enrolled() {
        return devices.get().size();
    }

    public Optional<EnrolledDevice> device(DeviceId device) {
        return Optional.ofNullable(devices.get().get(device));
    }

    /// Whether the device may come with that certificate, which ends then.
    public boolean knows(DeviceId device, Digest certificate, Instant end) {
        return device(device).filter(each -> each.comesWith(certificate, end)).isPresent();
    }

    public Map<InstitutionCode, Clinic> clinics() {
        return clinics.get();
    }

    public Map<DeviceId, EnrolledDevice> devices() {
        return devices.get();
    }

    private static DeviceStatus statusOf(EnrolledDevice device) {
        return switch (device.state()) {
            case ACTIVE -> new DeviceStatus.Active(device.clinics(), device.ended());
            case REVOKED -> new DeviceStatus.Revoked(everSpokeFor(device));
            case STOLEN -> new DeviceStatus.Stolen(everSpokeFor(device));
        };
    }

    private static Set<InstitutionCode> everSpokeFor(EnrolledDevice device) {
        Set<InstitutionCode> all = new HashSet<>(device.clinics());
        all.addAll(device.ended());
        return all;
    }
}
