package jp.kakunin.load.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import jp.kakunin.domain.FactId;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.hub.fleet.DeviceStatus;

/// What goes wrong during a day besides the weather: crashes, restored and cloned disks, clocks, lines, devices that
/// are lost.
final class Troubles {
    private static final int OUTAGE_MILLIS_MAX = 240_000;
    private static final int OUTAGE_HOURS_MAX = 24 * 25;
    private static final int AUTHORITY_HOURS_MAX = 24 * 3;

    private final Network network;
    private final Dice dice;
    private final Map<SimulatedEdge, MemoryDisk> images = new LinkedHashMap<>();

    Troubles(Network network) {
        this.network = network;
        this.dice = network.dice.split();
    }

    void strike() {
        SimulatedEdge edge = dice.pick(network.edges);
        switch (dice.upTo(33)) {
            case 0, 1 -> cutLine(edge);
            case 2 -> crash(edge);
            case 3, 4, 5 -> cutPower(edge);
            case 6, 7 -> takeImage(edge);
            case 8, 9, 10 -> putImageBack(edge);
            case 11 -> clone(edge);
            case 12, 13 -> crashHub();
            case 14 -> {
                network.happenings.count(Happening.BOTH_CRASH);
                crash(edge);
                crashHub();
            }
            case 15 -> network.hub.backUp();
            case 16, 17, 18 -> restoreHub();
            case 19 -> authorityGoesAway();
            case 20, 21 -> clockJumps(edge);
            case 22, 23 -> fillDisk(edge);
            case 24 -> endDeclaration(edge);
            case 25, 26 -> hubClockJumps();
            case 27 -> loseDevice(edge);
            default -> carryByHand(edge);
        }
    }

    /// A new PC, or one whose battery is empty, before it ever met the hub.
    void installWithWrongClock(SimulatedEdge edge) {
        if (dice.chance(0.05)) {
            edge.stop();
            clockJumps(edge);
            cutLine(edge);
        }
    }

    private void cutLine(SimulatedEdge edge) {
        edge.line().cut(outage(OUTAGE_MILLIS_MAX * 2), dice.chance(0.3));
    }

    private void crash(SimulatedEdge edge) {
        network.happenings.count(Happening.EDGE_CRASH);
        edge.stop();
        comesBack(edge);
    }

    private void comesBack(SimulatedEdge edge) {
        network.startLater(edge, dice.longTail(5_000, OUTAGE_MILLIS_MAX));
    }

    private void cutPower(SimulatedEdge edge) {
        edge.cutPowerAtNextWrite(dice.pick(PowerCut.Moment.values()));
        comesBack(edge);
    }

    /// Mostly where the line is away.
    private void carryByHand(SimulatedEdge edge) {
        if (dice.chance(0.8)) {
            cutLine(edge);
        }
        boolean breaksAfterwards = dice.chance(0.2);
        network.time.after(dice.between(1_000, OUTAGE_MILLIS_MAX / 2), () -> {
            if (network.carrier.export(edge) && breaksAfterwards) {
                putImageBack(edge);
            }
        });
    }

    private void takeImage(SimulatedEdge edge) {
        images.put(edge, edge.image());
    }

    private void putImageBack(SimulatedEdge edge) {
        MemoryDisk image = images.get(edge);
        if (image != null && !network.isCloned(edge)) {
            Set<FactId> before = network.diary.heldBy(edge);
            edge.putBack(image);
            network.diary.edgeRestored(before);
            comesBack(edge);
        } else if (image == null) {
            takeImage(edge);
        }
    }

    private void clone(SimulatedEdge edge) {
        if (!network.isCloned(edge)) {
            network.cloneDisk(edge);
        }
    }

    private void crashHub() {
        network.happenings.count(Happening.HUB_CRASH);
        network.hub.crash();
    }

    private void restoreHub() {
        if (!network.hub.restore()) {
            network.hub.backUp();
        }
    }

    private void authorityGoesAway() {
        network.authority.goAway(outage(OUTAGE_MILLIS_MAX));
    }

    private Duration outage(int millisMax) {
        return Duration.ofMillis(dice.longTail(1_000, millisMax));
    }

    /// What weeks bring besides bad days.
    void strikeForDays() {
        SimulatedEdge edge = dice.pick(network.edges);
        Duration length = Duration.ofHours(dice.longTail(24, OUTAGE_HOURS_MAX));
        switch (dice.upTo(4)) {
            case 0, 1 -> {
                network.happenings.count(Happening.LINE_OUT_FOR_DAYS);
                edge.line().cut(length, dice.chance(0.3));
                long later =
                        Duration.ofMinutes(dice.upTo((int) length.toMinutes())).toMillis();
                network.time.after(later, () -> {
                    var _ = network.carrier.export(edge);
                });
            }
            case 2 -> {
                network.happenings.count(Happening.HUB_OUT_FOR_DAYS);
                network.hub.stayDown(length);
            }
            case 3 -> {
                network.happenings.count(Happening.AUTHORITY_AWAY_FOR_DAYS);
                network.authority.goAway(Duration.ofHours(dice.between(24, AUTHORITY_HOURS_MAX)));
            }
            default -> {
                network.happenings.count(Happening.EDGE_OFF_FOR_DAYS);
                edge.stayOff(length);
            }
        }
    }

    /// The line is down when a month closes, and the PC stays on.
    void cutLineOverMidnight(SimulatedEdge edge) {
        if (dice.chance(0.3)) {
            edge.line().cut(Duration.ofMinutes(10), dice.chance(0.3));
        }
    }

    /// Further than any sleep or any time the hub may have been off.
    private void hubClockJumps() {
        network.happenings.count(Happening.HUB_CLOCK_JUMP);
        Duration far = Duration.ofDays(dice.between(40, 2_000));
        network.hub.setClockOff(dice.chance(0.5) ? far : far.negated());
    }

    private void endDeclaration(SimulatedEdge edge) {
        if (network.town.status(edge.device()) instanceof DeviceStatus.Active active
                && active.clinics().size() > 1) {
            network.happenings.count(Happening.DECLARATION_ENDED);
            network.town.endDeclaration(edge.device(), dice.pick(edge.clinics()));
        }
    }

    private void clockJumps(SimulatedEdge edge) {
        boolean years = dice.chance(0.4);
        int days = years ? -365 * dice.between(1, 10) : dice.between(-3, 3);
        network.happenings.count(years ? Happening.CLOCK_OFF_BY_YEARS : Happening.CLOCK_OFF_BY_DAYS);
        if (dice.chance(0.5)) {
            // Seen only at the next start, like an empty battery on the board.
            edge.stop();
            comesBack(edge);
        } else {
            network.happenings.count(Happening.CLOCK_JUMP);
        }
        if (dice.chance(0.5)) {
            cutLine(edge);
        }
        edge.setClockOff(Duration.ofDays(days).plusMinutes(dice.between(-10, 10)));
    }

    private void fillDisk(SimulatedEdge edge) {
        MemoryDisk disk = edge.disk();
        disk.full(true);
        network.time.after(dice.longTail(5_000, OUTAGE_MILLIS_MAX), () -> disk.full(false));
    }

    private void loseDevice(SimulatedEdge edge) {
        if (!dice.chance(0.3) || !(network.town.status(edge.device()) instanceof DeviceStatus.Active)) {
            return;
        }
        if (dice.chance(0.6)) {
            network.happenings.count(Happening.DEVICE_REVOKED);
            network.town.revoke(edge.device());
        } else {
            network.town.reportStolen(edge.device());
            network.diary.stolen(edge.device());
        }
    }
}
