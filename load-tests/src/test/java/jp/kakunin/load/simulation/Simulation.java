package jp.kakunin.load.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import jp.kakunin.domain.TreatmentMonth;

/// One seed: some bad days in the life of the network, then a calm time without anything new, then the promises.
final class Simulation {
    private static final int DAYS_MAX = 4;
    private static final int DAY_MILLIS_MAX = 420_000;
    private static final int EVENING_MILLIS_MIN = 300_000;
    private static final int DAYS_APART_MAX = 11;
    private static final Duration QUIET_STEP = Duration.ofSeconds(20);
    private static final Duration QUIET_MAX = Duration.ofHours(2);

    private final Network network;
    private final Dice dice;
    private final FrontDesk desk;
    private final Troubles troubles;

    private Simulation(long seed, Mutation mutation) {
        network = new Network(seed, mutation);
        dice = network.dice.split();
        desk = new FrontDesk(dice.split(), network.town, network.poison, network.happenings);
        troubles = new Troubles(network);
    }

    /// @throws AssertionError naming the promise that was broken
    static Happenings run(long seed, Mutation mutation) {
        Simulation simulation = new Simulation(seed, mutation);
        try {
            simulation.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ": " + e.getMessage() + "; replay with -Dkakunin.seed=" + seed, e);
        }
        return simulation.network.happenings;
    }

    private void run() {
        Instant morning = network.time.instant();
        network.edges.forEach(troubles::installWithWrongClock);
        if (network.isOverMidnight()) {
            network.edges.forEach(this::lastMinute);
        }
        LocalDate last = network.lastDay();
        if (last == null) {
            badDays(morning);
        } else {
            weeks(last);
        }
        heal();
        untilQuiet();
        network.countTime();
        network.hub.stop();
        new Reckoning(network).check();
    }

    private void badDays(Instant first) {
        Instant morning = first;
        for (int day = dice.between(1, DAYS_MAX); day > 0; day--) {
            badDay(dice.between(DAY_MILLIS_MAX / 4, DAY_MILLIS_MAX));
            morning = morning.plus(Duration.ofDays(dice.pick(1, 1, 1, 2)));
            network.startOfDay(morning);
        }
    }

    /// Few days out of many, and every end of a month late in the evening.
    private void weeks(LocalDate last) {
        badDay(dice.between(DAY_MILLIS_MAX / 4, DAY_MILLIS_MAX));
        while (network.today().isBefore(last)) {
            if (dice.chance(0.4)) {
                troubles.strikeForDays();
            }
            LocalDate endOfMonth = TreatmentMonth.of(network.today()).due();
            LocalDate day = network.today().plusDays(dice.between(2, DAYS_APART_MAX));
            boolean evening = endOfMonth.isAfter(network.today()) && !day.isBefore(endOfMonth);
            network.startOfDay(Network.openingOf(evening ? endOfMonth : day));
            if (evening) {
                network.edges.forEach(troubles::cutLineOverMidnight);
                network.edges.forEach(this::lastMinute);
                badDay(dice.between(EVENING_MILLIS_MIN, DAY_MILLIS_MAX));
            } else {
                badDay(dice.between(DAY_MILLIS_MAX / 8, DAY_MILLIS_MAX / 2));
            }
        }
    }

    private void badDay(long length) {
        network.open();
        network.edges.forEach(edge -> network.startLater(edge, dice.longTail(0, DAY_MILLIS_MAX / 2)));
        for (int visits = dice.between(4, 16); visits > 0; visits--) {
            network.time.after(dice.upTo((int) length), this::serve);
        }
        for (int strikes = dice.upTo(7); strikes > 0; strikes--) {
            network.time.after(dice.upTo((int) length), troubles::strike);
        }
        network.time.run(Duration.ofMillis(length));
        if (dice.chance(0.5)) {
            network.edges.forEach(SimulatedEdge::leave);
            network.time.run(Duration.ofSeconds(3));
        }
        network.close();
    }

    private void lastMinute(SimulatedEdge edge) {
        long midnight = Network.openingBeforeMidnight().toMillis();
        for (int late = dice.upTo(4); late > 0; late--) {
            network.time.after(midnight - dice.longTail(1, 2_000), () -> {
                if (edge.isRunning()) {
                    desk.writeDownLate(edge);
                }
            });
        }
    }

    /// Often several at once: a full waiting room.
    private void serve() {
        SimulatedEdge edge = dice.pick(network.edges);
        for (int patients = dice.chance(0.1) ? dice.between(5, 12) : 1; patients > 0; patients--) {
            if (dice.chance(0.2)) {
                edge.confirmDate();
            }
            if (edge.isRunning()) {
                desk.serve(edge);
            }
        }
    }

    private void heal() {
        network.carrier.stop();
        network.weather.calmDown();
        network.authority.comeBack();
        network.hub.setClockOff(Duration.ZERO);
        network.hub.mayStart();
        network.hub.start();
        network.open();
        for (SimulatedEdge edge : network.edges) {
            edge.line().mend();
            edge.disk().full(false);
            edge.setClockOff(Duration.ZERO);
            edge.mayStart();
            edge.start();
        }
    }

    private void untilQuiet() {
        Instant end = network.time.instant().plus(QUIET_MAX);
        Reckoning reckoning = new Reckoning(network);
        String left = "not looked at";
        while (!left.isEmpty() && network.time.instant().isBefore(end)) {
            network.time.run(QUIET_STEP);
            left = reckoning.stillToDo();
        }
        Promise.P7.demand(left.isEmpty(), "after " + QUIET_MAX + " of calm there is still " + left);
        // What came last may let a month go.
        network.time.run(QUIET_STEP);
    }
}
