package jp.kakunin.load.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures for people: three digits are as much as a measurement is worth.
final class Numbers {
    private static final MathContext DIGITS = new MathContext(3);
    private static final double WHOLE_FROM = 1_000;

    private Numbers() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String figure(double number) {
        if (!Double.isFinite(number)) {
            return "unknown";
        }
        if (Math.abs(number) >= WHOLE_FROM) {
            return count(Math.round(number));
        }
        return number == 0
                ? "0"
                : new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    static String percent(double share) {
        return figure(share * 100) + " %";
    }

    /// `4 h 3 min`, `2 min 5 s`, `3.21 s`: two units at most.
    static String duration(@Nullable Duration duration) {
        if (duration == null) {
            return "not reached";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return figure(seconds(duration)) + " s";
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
