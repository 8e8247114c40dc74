package jp.kakunin.load.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.store.MemoryDisk;
import org.jspecify.annotations.Nullable;

/// All edges, their lines, the hub and the authority of one seed.
final class Network {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 11, 1);
    private static final int DAYS = 30;
    private static final int HUB_DOWN_MILLIS_MAX = 60_000;
    private static final Duration OPENING = Duration.ofHours(9);
    private static final Duration LATE_OPENING = Duration.ofHours(24).minusMinutes(4);
    private static final int WEEKS_MIN = 5;
    private static final int WEEKS_MAX = 10;

    /// One seed in so many lives for weeks instead of days.
    private static final int SEEDS_PER_WEEKS = 5;

    /// One in so many has an authority that wants the patient present.
    private static final int SEEDS_PER_PATIENT_WANTED = 7;

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
    final Carrier carrier;
    private final LocalDate firstDay;
    private final boolean overMidnight;
    private final @Nullable LocalDate lastDay;
    private boolean isOpen;

    Network(long seed, Mutation mutation) {
        this.mutation = mutation;
        dice = new Dice(seed);
        firstDay = FIRST_DAY.plusDays(dice.chance(0.4) ? DAYS - 1 - dice.upTo(1) : dice.upTo(DAYS - 1));
        overMidnight = isLastOfMonth(firstDay) && dice.chance(0.7);
        lastDay = seed % SEEDS_PER_WEEKS == 0 ? lastOfWeeks() : null;
        Duration opening = overMidnight ? LATE_OPENING : OPENING;
        time = new SimulatedTime(
                firstDay.atStartOfDay(TreatmentMonth.JAPAN).toInstant().plus(opening));
        town = new Town(dice.split(), firstDay);
        weather = new Weather(dice.split());
        diary = new Diary(this);
        authority = new SimulatedAuthority(time, town, happenings, seed % SEEDS_PER_PATIENT_WANTED != 3);
        hub = new SimulatedHub(time, dice.split(), town, authority, weather, mutation, diary);
        hub.onCrash(() -> {
            edges.forEach(edge -> edge.line().breakOff());
            time.after(weather.latencyMillis() * 100 % HUB_DOWN_MILLIS_MAX, hub::start);
        });
        hub.start();
        carrier = new Carrier(this);
        for (Town.Site site : town.sites()) {
            site.devices().forEach(device -> edges.add(edge(device, site.clinics(), new MemoryDisk())));
        }
    }

    private SimulatedEdge edge(DeviceId device, List<InstitutionCode> clinics, MemoryDisk disk) {
        Line line = new Line(time, hub, device, weather, happenings);
        return new SimulatedEdge(time, dice.split(), diary, poison, device, clinics, line, mutation, disk);
    }

    /// Long enough that two months turn.
    private LocalDate lastOfWeeks() {
        LocalDate second = TreatmentMonth.of(firstDay).next().due().plusDays(1);
        int daysMin = Math.max(WEEKS_MIN * 7, (int) ChronoUnit.DAYS.between(firstDay, second));
        return firstDay.plusDays(dice.between(daysMin, Math.max(daysMin, WEEKS_MAX * 7)));
    }

    /// The last day of a life of weeks, or null where it is one of days.
    @Nullable
    LocalDate lastDay() {
        return lastDay;
    }

    LocalDate today() {
        return TreatmentMonth.dateAt(time.instant());
    }

    static boolean isLastOfMonth(LocalDate day) {
        return TreatmentMonth.of(day).due().equals(day);
    }

    static Instant openingOf(LocalDate day) {
        Duration opening = isLastOfMonth(day) ? LATE_OPENING : OPENING;
        return day.atStartOfDay(TreatmentMonth.JAPAN).toInstant().plus(opening);
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
        time.runUntil(morning);
    }

    /// How many months turned and weeks passed since the first day.
    void countTime() {
        TreatmentMonth first = TreatmentMonth.of(firstDay);
        happenings.count(Happening.MONTH_TURN, TreatmentMonth.of(today()).index() - first.index());
        happenings.count(Happening.WEEK, ChronoUnit.WEEKS.between(firstDay, today()));
    }
}
