package jp.kakunin.load.population;

import java.time.DayOfWeek;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import org.jspecify.annotations.Nullable;

/// How the country's checks are spread over clinics, hours and kinds of patients. All of it stands in tables beside
/// this class, each figure with its source.
public final class TrafficModel {
    public static final TrafficModel SHIPPED = new TrafficModel();

    /// Whose hours.
    public enum Facilities {
        CLINICS,
        ALL_FACILITIES
    }

    record Prefecture(int code, double clinics) {}

    record Carrier(String name, double share) {}

    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final List<Prefecture> prefectures;
    private final List<Carrier> carriers;
    private final Map<DayOfWeek, Double> days = new EnumMap<>(DayOfWeek.class);
    private final Map<Facilities, Map<Integer, Double>> hours = new EnumMap<>(Facilities.class);
    private final List<Script> scripts;

    private TrafficModel() {
        prefectures = ModelTable.rows("prefectures.csv").stream()
                .map(row -> new Prefecture((int) row.number("code"), row.number("clinics")))
                .toList();
        carriers = ModelTable.rows("carriers.csv").stream()
                .map(row -> new Carrier(row.text("name", false), row.number("share")))
                .toList();
        scripts = ModelTable.rows("scripts.csv").stream()
                .map(TrafficModel::script)
                .toList();
        ModelTable.rows("days.csv")
                .forEach(row -> days.put(DayOfWeek.valueOf(row.text("day", false)), row.number("factor")));
        for (Facilities facilities : Facilities.values()) {
            Map<Integer, Double> percent = new LinkedHashMap<>();
            String column = facilities.name().toLowerCase(Locale.ROOT);
            ModelTable.rows("hours.csv").forEach(row -> percent.put((int) row.number("hour"), row.number(column)));
            hours.put(facilities, percent);
        }
        for (ModelTable row : ModelTable.rows("figures.csv")) {
            String name = row.text("name", false);
            figures.put(
                    name,
                    new Figure(
                            name,
                            row.number("value"),
                            row.text("text", false),
                            row.text("source", false),
                            Figure.Kind.valueOf(row.text("kind", false))));
        }
    }

    private static Script script(ModelTable row) {
        String visit = row.text("visit", false);
        String by = row.text("by", true);
        return new Script(
                row.text("name", false),
                row.number("share"),
                Script.Brought.valueOf(row.text("evidence", false)),
                Script.Registered.valueOf(row.text("registry", false).toUpperCase(Locale.ROOT)),
                visit.equals("ANY") ? null : VisitKind.valueOf(visit),
                row.text("standing", false),
                by.isEmpty() ? null : Standing.By.valueOf(by));
    }

    public Collection<Figure> figures() {
        return figures.values();
    }

    public double figure(String name) {
        @Nullable Figure figure = figures.get(name);
        if (figure == null) {
            throw new IllegalArgumentException("the traffic model has no figure " + name);
        }
        return figure.value();
    }

    public List<Script> scripts() {
        return scripts;
    }

    List<Carrier> carriers() {
        return carriers;
    }

    List<Prefecture> prefectures() {
        return prefectures;
    }

    double dayFactor(DayOfWeek day) {
        return days.getOrDefault(day, 0.0);
    }

    /// Share of the day's arrivals that come within the hour.
    double hourShare(Facilities facilities, int hour) {
        Map<Integer, Double> percent = hours.getOrDefault(facilities, Map.of());
        double all = percent.values().stream().mapToDouble(Double::doubleValue).sum();
        return percent.getOrDefault(hour, 0.0) / all;
    }

    /// One of them, by weight.
    static <T> T draw(List<T> of, ToDoubleFunction<T> weight, RandomGenerator random) {
        double left = random.nextDouble() * of.stream().mapToDouble(weight).sum();
        for (T each : of) {
            left -= weight.applyAsDouble(each);
            if (left < 0) {
                return each;
            }
        }
        return of.getLast();
    }
}
