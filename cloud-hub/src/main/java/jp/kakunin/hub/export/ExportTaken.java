package jp.kakunin.hub.export;

import java.time.Instant;
import java.util.List;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.fleet.EnrolledDevice;

/// What became of an export.
///
/// @param name of the device, as the operators call it
/// @param state what the device may do: of one that is revoked all is set aside, of a stolen one nothing believed
public record ExportTaken(
        TreatmentMonth month,
        DeviceId device,
        String name,
        EnrolledDevice.State state,
        Instant writtenAt,
        List<StreamTaken> streams) {
    public ExportTaken {
        streams = List.copyOf(streams);
    }
}
