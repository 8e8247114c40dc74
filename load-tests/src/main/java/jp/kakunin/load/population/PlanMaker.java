package jp.kakunin.load.population;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Draws the arrivals of a scenario from the traffic model: the same seed, the same plan.
public final class PlanMaker {
    /// A clinic opens at this hour; who waited at the door comes in its first minutes.
    private static final int OPENING_HOUR = 9;

    private static final Duration OPENING = Duration.ofMinutes(5);
    private static final double MICROS = 1e6;

    private final TrafficModel model;
    private final List<Script> scripts;
    private final RandomGenerator random;
    private final double scale;
    private final Plan.Builder builder;
    private final int clinics;

    private PlanMaker(TrafficModel model, Scenario scenario, int clinics, long seed) {
        this.model = model;
        this.scripts = model.scripts();
        this.random = new Random(seed);
        this.clinics = clinics;
        this.scale = (double) clinics / scenario.clinics();
        this.builder = new Plan.Builder(scenario.name(), seed);
    }

    /// @param clinics how many of the nation's clinics are played; the arrivals are fewer by as much
    public static Plan plan(TrafficModel model, Scenario scenario, int clinics, long seed) {
        var maker = new PlanMaker(model, scenario, clinics, seed);
        Map<Integer, Duration> clocksOff = scenario.harmed() ? new Harm(model, maker.random).clocks(clinics) : Map.of();
        for (int i = 0; i < clinics; i++) {
            maker.builder.clinic(new Plan.PlannedClinic(
                    TrafficModel.draw(model.prefectures(), TrafficModel.Prefecture::clinics, maker.random)
                            .code(),
                    TrafficModel.draw(model.carriers(), TrafficModel.Carrier::share, maker.random)
                            .name(),
                    clocksOff.getOrDefault(i, Duration.ZERO)));
        }
        scenario.outages().forEach(maker.builder::outage);
        scenario.arrivals().forEach(maker::add);
        Scenario.Claims claims = scenario.claims();
        if (claims != null) {
            maker.add(claims);
        }
        if (scenario.harmed()) {
            new Harm(model, maker.random).arrivals(maker.builder, clocksOff);
        }
        return maker.builder.plan();
    }

    private void add(Scenario.Arrivals arrivals) {
        switch (arrivals) {
            case Scenario.Arrivals.Rate(Duration from, Duration to, double perSecond, double live) ->
                evenly(from, to, perSecond * scale, live);
            case Scenario.Arrivals.OfDay day -> ofDay(day);
            case Scenario.Arrivals.Backlog(Duration at, int perClinic, Oddity oddity) -> {
                for (int clinic = 0; clinic < clinics; clinic++) {
                    for (int i = 0; i < perClinic; i++) {
                        builder.arrival(micros(at), clinic, script(), false, oddity);
                    }
                }
            }
        }
    }

    /// Minute by minute, each with its own rate.
    private void ofDay(Scenario.Arrivals.OfDay day) {
        String figure = day.facilities() == TrafficModel.Facilities.CLINICS ? "checks_per_day" : "checks_per_day_all";
        double checks = model.figure(figure) * model.dayFactor(day.day()) * scale;
        double burst = model.figure("opening_burst");
        double openingShare = (double) OPENING.toMinutes() / TimeUnit.HOURS.toMinutes(1);
        double rest = (1 - burst * openingShare) / (1 - openingShare);
        for (LocalTime minute = day.from(); minute.isBefore(day.to()); minute = minute.plusMinutes(1)) {
            double perSecond =
                    checks * model.hourShare(day.facilities(), minute.getHour()) / TimeUnit.HOURS.toSeconds(1);
            if (minute.getHour() == OPENING_HOUR) {
                perSecond *= minute.getMinute() < OPENING.toMinutes() ? burst : rest;
            }
            Duration from = day.at().plus(Duration.between(day.from(), minute));
            evenly(from, from.plusMinutes(1), perSecond, day.live());
        }
    }

    /// Each clinic at a time of its own.
    private void add(Scenario.Claims claims) {
        long within = micros(claims.within());
        for (int clinic = 0; clinic < clinics; clinic++) {
            int reads = random.nextInt(claims.readsMin(), claims.readsMax() + 1);
            long begun = random.nextLong(
                    micros(claims.from()), Math.max(micros(claims.from()) + 1, micros(claims.to()) - within));
            for (int i = 0; i < reads; i++) {
                builder.read(begun + random.nextLong(within), clinic);
            }
        }
    }

    /// As people come: gaps follow the exponential distribution.
    private void evenly(Duration from, Duration to, double perSecond, double live) {
        if (perSecond <= 0) {
            return;
        }
        double meanMicros = MICROS / perSecond;
        double at = micros(from) + random.nextExponential() * meanMicros;
        while (at < micros(to)) {
            builder.arrival((long) at, random.nextInt(clinics), script(), random.nextDouble() < live, Oddity.NONE);
            at += random.nextExponential() * meanMicros;
        }
    }

    private int script() {
        return scripts.indexOf(TrafficModel.draw(scripts, Script::share, random));
    }

    private static long micros(Duration time) {
        return TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
