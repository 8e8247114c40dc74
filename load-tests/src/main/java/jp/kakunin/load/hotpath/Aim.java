package jp.kakunin.load.hotpath;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/// A figure beside what it should be.
record Aim(String name, double measured, Sense sense, double aim, String unit) {
    enum Sense {
        AT_LEAST("at least"),
        AT_MOST("at most");

        private final String text;

        Sense(String text) {
            this.text = text;
        }
    }

    static Aim atLeast(String name, double measured, double aim, String unit) {
        return new Aim(name, measured, Sense.AT_LEAST, aim, unit);
    }

    static Aim atMost(String name, double measured, double aim, String unit) {
        return new Aim(name, measured, Sense.AT_MOST, aim, unit);
    }

    boolean isMet() {
        return switch (sense) {
            case AT_LEAST -> measured >= aim;
            case AT_MOST -> measured <= aim;
        };
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s      %s: %s %s, aim %s %s%n",
                isMet() ? "PASS" : "MISS",
                name,
                number(measured),
                unit,
                sense.text,
                number(aim));
    }

    JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("measured", measured)
                .put(sense == Sense.AT_LEAST ? "atLeast" : "atMost", aim)
                .put("unit", unit)
                .put("met", isMet());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 && value != Math.rint(value) ? "%.2f" : "%,.0f", value);
    }
}
