package jp.kakunin.hub.fleet;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.DeviceReport;
import org.jspecify.annotations.Nullable;

/// How the devices are, as they last said. In memory alone: it describes, nothing is decided by it, and it fills
/// again within one push of each device after a restart.
public final class FleetView {
    /// Devices beyond this number are served but not shown.
    public static final int DEVICES_MAX = 200_000;

    /// Runs of one device's process that are remembered, to notice two that take turns.
    private static final int INSTANCES_MAX = 8;

    private final Map<DeviceId, Seen> devices = new ConcurrentHashMap<>();
    private final Counters counters = new Counters();

    /// @param report what it said with its last push; a device that only waits has not said anything yet
    /// @param backlogs what each clinic still has on this device
    /// @param clashes how often a run of its process came back after another one had taken over
    public record Seen(
            DeviceId device,
            Instant lastSeen,
            @Nullable DeviceReport report,
            Map<InstitutionCode, Backlog> backlogs,
            List<Instance> instances,
            long clashes) {
        public Seen {
            backlogs = Map.copyOf(backlogs);
            instances = List.copyOf(instances);
        }
    }

    public Counters counters() {
        return counters;
    }

    public Collection<Seen> devices() {
        return List.copyOf(devices.values());
    }

    public Optional<Seen> device(DeviceId device) {
        return Optional.ofNullable(devices.get(device));
    }

    public void noteWait(DeviceId device, Instance instance, Instant now) {
        note(device, instance, now, null, Map.of());
    }

    public void notePush(
            DeviceId device,
            Instance instance,
            Instant now,
            DeviceReport report,
            Map<InstitutionCode, Backlog> backlogs) {
        note(device, instance, now, report, backlogs);
    }

    private void note(
            DeviceId device,
            Instance instance,
            Instant now,
            @Nullable DeviceReport report,
            Map<InstitutionCode, Backlog> backlogs) {
        if (devices.size() >= DEVICES_MAX && !devices.containsKey(device)) {
            return;
        }
        devices.compute(device, (_, seen) -> after(seen, device, instance, now, report, backlogs));
    }

    private Seen after(
            @Nullable Seen seen,
            DeviceId device,
            Instance instance,
            Instant now,
            @Nullable DeviceReport report,
            Map<InstitutionCode, Backlog> backlogs) {
        if (seen == null) {
            return new Seen(device, now, report, backlogs, List.of(instance), 0);
        }
        boolean same = seen.instances().getFirst().equals(instance);
        boolean clash = !same && seen.instances().contains(instance);
        if (clash) {
            counters.count(Counters.Event.INSTANCE_CLASH);
        }
        Map<InstitutionCode, Backlog> all = new TreeMap<>(seen.backlogs());
        all.putAll(backlogs);
        return new Seen(
                device,
                now,
                report == null ? seen.report() : report,
                all,
                same ? seen.instances() : newestFirst(instance, seen.instances()),
                seen.clashes() + (clash ? 1 : 0));
    }

    private static List<Instance> newestFirst(Instance instance, List<Instance> older) {
        return Stream.concat(Stream.of(instance), older.stream().filter(other -> !other.equals(instance)))
                .limit(INSTANCES_MAX)
                .toList();
    }
}
