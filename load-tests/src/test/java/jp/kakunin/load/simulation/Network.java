package jp.kakunin.load.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.MemoryDisk;

/// All edges, their lines, the hub and the authority of one seed.
final class Network {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 1);
    private static final int DAYS = 30;
    private static final int HUB_DOWN_MILLIS_MAX = 60_000;
    private static final Duration OPENING = Duration.ofHours(9);
    private static final Duration LATE_OPENING = Duration.ofHours(24).minusMinutes(4);

    final SimulatedTime time;
    final Dice dice;
    final Town town;
    final Happenings happenings = new Happenings();
    final Weather weather;
    final Poison poison = new Poison();
    final Diary diary;
    final SimulatedAuthority authority;
    final SimulatedHub hub;
    private final Mutation mutation;
    final List<SimulatedEdge> edges = new ArrayList<>();
    private final boolean overMidnight;
    private boolean isOpen;

    Network(long seed, Mutation mutation) {
        this.mutation = mutation;
        dice = new Dice(seed);
        LocalDate start = FIRST_DAY.plusDays(dice.chance(0.4) ? DAYS - 1 - dice.upTo(1) : dice.upTo(DAYS - 1));
        overMidnight = TreatmentMonth.of(start).due().equals(start) && dice.chance(0.7);
        Duration opening = overMidnight ? LATE_OPENING : OPENING;
        time = new SimulatedTime(
                start.atStartOfDay(TreatmentMonth.JAPAN).toInstant().plus(opening));
        town = new Town(dice.split(), start);
        weather = new Weather(dice.split());
        diary = new Diary(this);
        authority = new SimulatedAuthority(time, town, happenings);
        hub = new SimulatedHub(time, dice.split(), town, authority, weather, mutation, diary);
        hub.onCrash(() -> {
            edges.forEach(edge -> edge.line().breakOff());
            time.after(weather.latencyMillis() * 100 % HUB_DOWN_MILLIS_MAX, hub::start);
        });
        hub.start();
        for (Town.Site site : town.sites()) {
            site.devices().forEach(device -> edges.add(edge(device, site.clinics(), new MemoryDisk())));
        }
    }

    private SimulatedEdge edge(DeviceId device, List<InstitutionCode> clinics, MemoryDisk disk) {
        Line line = new Line(time, hub, device, weather, happenings);
        return new SimulatedEdge(time, dice.split(), diary, poison, device, clinics, line, mutation.edgesSync(), disk);
    }

    /// Clinics are open: what is switched on stays on, or comes back.
    void open() {
        isOpen = true;
    }

    void close() {
        isOpen = false;
        edges.forEach(SimulatedEdge::stop);
    }

    void startLater(SimulatedEdge edge, long delayMillis) {
        time.after(delayMillis, () -> {
            if (isOpen) {
                edge.start();
            }
        });
    }

    /// Whether the first day goes on over the end of a month.
    boolean isOverMidnight() {
        return overMidnight;
    }

    static Duration openingBeforeMidnight() {
        return Duration.ofDays(1).minus(LATE_OPENING);
    }

    /// A copy of the disk runs beside the original.
    void cloneDisk(SimulatedEdge original) {
        SimulatedEdge copy = edge(original.device(), original.clinics(), original.image());
        edges.add(copy);
        copy.start();
        happenings.count(Happening.EDGE_CLONED);
    }

    boolean isCloned(SimulatedEdge edge) {
        return edges.stream()
                        .filter(each -> each.device().equals(edge.device()))
                        .count()
                > 1;
    }

    void startOfDay(Instant morning) {
        TreatmentMonth before = TreatmentMonth.at(time.instant());
        time.runUntil(morning);
        TreatmentMonth month = TreatmentMonth.at(time.instant());
        if (!month.equals(before)) {
            happenings.count(Happening.MONTH_TURN);
        }
        TreatmentMonth past = month.previous().previous();
        if (dice.chance(0.6) && hub.isRunning()) {
            TreatmentMonth closed = hub.journal().closedThrough();
            if (closed == null || closed.compareTo(past) < 0) {
                happenings.count(Happening.MONTH_CLOSED);
            }
            hub.closeMonth(past);
        }
    }
}
