package jp.kakunin.load.population;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is played, as `scenarios.json` says it.
///
/// @param clinics of the whole nation, which is scale 1
/// @param scale played unless another is asked for: what a small machine can run
/// @param speed likewise
/// @param authorityPerSecond questions the authority of the whole nation answers in a second; 0 for a registry without
///     limit
/// @param warmUp at the beginning, left out of the latencies
/// @param drainMax how long the end may wait for outboxes and answers
/// @param harmed whether poison, repetitions and wrong clocks are mixed in, by the shares of the traffic model
public record Scenario(
        String name,
        String title,
        int clinics,
        double scale,
        double speed,
        Connect connect,
        int authorityPerSecond,
        Duration warmUp,
        Duration drainMax,
        List<Arrivals> arrivals,
        List<Outage> outages,
        @Nullable Claims claims,
        @Nullable Turn turn,
        boolean harmed,
        List<Aim> aims) {
    /// When edge nodes connect first.
    public enum Connect {
        /// One after the other, before the load begins.
        BEFORE,
        /// Within the load, as clinics switch on in the morning.
        MORNING
    }

    /// Where arrivals come from.
    public sealed interface Arrivals {
        /// @param perSecond of the whole nation
        record Rate(Duration from, Duration to, double perSecond, double live) implements Arrivals {}

        /// A part of a day, as the traffic model has it.
        ///
        /// @param at when that part begins, since the start
        record OfDay(
                Duration at,
                TrafficModel.Facilities facilities,
                DayOfWeek day,
                LocalTime from,
                LocalTime to,
                double live)
                implements Arrivals {}

        /// Recorded at once, and nobody waits for it any more.
        record Backlog(Duration at, int perClinic, Oddity oddity) implements Arrivals {}
    }

    /// Each clinic writes its claims once: it reads the patient-months of that many patients within a short while.
    public record Claims(Duration from, Duration to, Duration within, int readsMin, int readsMax) {}

    /// What has to be reached.
    ///
    /// @param measure a name of what is measured
    public record Aim(String name, String measure, boolean atLeast, double aim, String unit) {}

    public Scenario {
        arrivals = List.copyOf(arrivals);
        outages = List.copyOf(outages);
        aims = List.copyOf(aims);
    }

    public static List<Scenario> shipped() {
        try (InputStream in = Scenario.class.getResourceAsStream("scenarios.json")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its scenarios");
            }
            var all = new JsonArray(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return objects(all).map(Scenario::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Scenario named(String name) {
        return shipped().stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + name + "; there are "
                        + shipped().stream().map(Scenario::name).collect(Collectors.joining(", "))));
    }

    private static Scenario of(JsonObject json) {
        return new Scenario(
                json.getString("name"),
                json.getString("title"),
                json.getInteger("clinics", (int) TrafficModel.SHIPPED.figure("clinics")),
                json.getDouble("scale"),
                json.getDouble("speed", 1.0),
                Connect.valueOf(json.getString("connect", Connect.BEFORE.name())),
                json.getInteger("authorityPerSecond", 0),
                Duration.ofSeconds(json.getInteger("warmUpSeconds", 0)),
                Duration.ofSeconds(json.getInteger("drainSeconds")),
                objects(json.getJsonArray("arrivals")).map(Scenario::arrivals).toList(),
                objects(json.getJsonArray("outages", new JsonArray()))
                        .map(each -> new Outage(
                                Outage.What.valueOf(each.getString("what")),
                                each.getString("carrier", ""),
                                seconds(each, "fromSeconds"),
                                seconds(each, "toSeconds")))
                        .toList(),
                claims(json.getJsonObject("claims")),
                turn(json.getJsonObject("turn")),
                json.getBoolean("harmed", false),
                objects(json.getJsonArray("objectives"))
                        .map(each -> new Aim(
                                each.getString("name"),
                                each.getString("measure"),
                                each.getString("bound").equals("AT_LEAST"),
                                each.getDouble("aim"),
                                each.getString("unit")))
                        .toList());
    }

    private static Arrivals arrivals(JsonObject json) {
        double live = json.getDouble("live", 0.0);
        return switch (json.getString("kind")) {
            case "rate" ->
                new Arrivals.Rate(
                        seconds(json, "fromSeconds"), seconds(json, "toSeconds"), json.getDouble("perSecond"), live);
            case "day" ->
                new Arrivals.OfDay(
                        Duration.ofSeconds(json.getInteger("atSeconds", 0)),
                        TrafficModel.Facilities.valueOf(json.getString("facilities")),
                        DayOfWeek.valueOf(json.getString("day")),
                        LocalTime.parse(json.getString("from")),
                        LocalTime.parse(json.getString("to")),
                        live);
            case "backlog" ->
                new Arrivals.Backlog(
                        seconds(json, "atSeconds"),
                        json.getInteger("perClinic"),
                        Oddity.valueOf(json.getString("oddity", Oddity.NONE.name())));
            default -> throw new IllegalStateException("no kind of arrivals: " + json.getString("kind"));
        };
    }

    private static @Nullable Claims claims(@Nullable JsonObject json) {
        return json == null
                ? null
                : new Claims(
                        seconds(json, "fromSeconds"),
                        seconds(json, "toSeconds"),
                        seconds(json, "withinSeconds"),
                        json.getInteger("readsMin"),
                        json.getInteger("readsMax"));
    }

    private static @Nullable Turn turn(@Nullable JsonObject json) {
        return json == null ? null : new Turn(Turn.Into.valueOf(json.getString("into")), seconds(json, "atSeconds"));
    }

    private static Duration seconds(JsonObject json, String field) {
        return Duration.ofMillis((long) (json.getDouble(field) * 1_000));
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}
