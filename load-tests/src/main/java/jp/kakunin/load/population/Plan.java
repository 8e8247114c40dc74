package jp.kakunin.load.population;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Every arrival of a run, fixed before it begins, in order of time. Kept in plain arrays: a national day is a million
/// of them.
public final class Plan {
    public static final int ARRIVALS_MAX = 20_000_000;
    public static final int READS_MAX = 5_000_000;

    private final String scenario;
    private final long seed;
    private final List<PlannedClinic> clinics;
    private final List<Outage> outages;
    private final long[] atMicros;
    private final int[] clinicOf;
    private final byte[] scriptOf;
    private final boolean[] live;
    private final Oddity[] oddityOf;
    private final List<Read> reads;

    /// @param prefecture JIS X 0401
    /// @param clockOff by how much the clock of its computer is wrong
    public record PlannedClinic(int prefecture, String carrier, Duration clockOff) {}

    /// A clinic reads the month of one of its patients.
    public record Read(long atMicros, int clinic) {}

    private Plan(Builder of) {
        scenario = of.scenario;
        seed = of.seed;
        clinics = List.copyOf(of.clinics);
        outages = List.copyOf(of.outages);
        Integer[] order = new Integer[of.size];
        Arrays.setAll(order, Integer::valueOf);
        Arrays.sort(order, (a, b) -> Long.compare(of.atMicros[a], of.atMicros[b]));
        atMicros = new long[of.size];
        clinicOf = new int[of.size];
        scriptOf = new byte[of.size];
        live = new boolean[of.size];
        oddityOf = new Oddity[of.size];
        for (int i = 0; i < order.length; i++) {
            int from = order[i];
            atMicros[i] = of.atMicros[from];
            clinicOf[i] = of.clinicOf[from];
            scriptOf[i] = of.scriptOf[from];
            live[i] = of.live[from];
            oddityOf[i] = of.oddityOf[from];
        }
        reads = of.reads.stream()
                .sorted(Comparator.comparingLong(Read::atMicros))
                .toList();
    }

    public String scenario() {
        return scenario;
    }

    public long seed() {
        return seed;
    }

    public List<PlannedClinic> clinics() {
        return clinics;
    }

    public List<Outage> outages() {
        return outages;
    }

    public int size() {
        return atMicros.length;
    }

    public Duration at(int arrival) {
        return Duration.ofNanos(nanosAt(arrival));
    }

    public long nanosAt(int arrival) {
        return atMicros[arrival] * 1_000;
    }

    public int clinicOf(int arrival) {
        return clinicOf[arrival];
    }

    /// The place of the script in the traffic model.
    public int scriptOf(int arrival) {
        return scriptOf[arrival];
    }

    public boolean isLive(int arrival) {
        return live[arrival];
    }

    public Oddity oddityOf(int arrival) {
        return oddityOf[arrival];
    }

    /// In the order of time.
    public List<Read> reads() {
        return reads;
    }

    /// The last arrival, the last read or the end of the last outage.
    public Duration length() {
        long lastMicros = Math.max(
                size() == 0 ? 0 : atMicros[size() - 1],
                reads.isEmpty() ? 0 : reads.getLast().atMicros());
        Duration last = Duration.of(lastMicros, ChronoUnit.MICROS);
        return outages.stream().map(Outage::to).reduce(last, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    /// The same, as many times faster.
    public Plan faster(double speed) {
        if (!(speed >= 1 && speed <= SPEED_MAX)) {
            throw new IllegalArgumentException("the speed must be 1 to " + SPEED_MAX + ", was " + speed);
        }
        Builder builder = new Builder(scenario, seed);
        clinics.forEach(builder::clinic);
        outages.forEach(each ->
                builder.outage(new Outage(each.what(), each.carrier(), by(each.from(), speed), by(each.to(), speed))));
        for (int i = 0; i < size(); i++) {
            builder.arrival((long) (atMicros[i] / speed), clinicOf[i], scriptOf[i], live[i], oddityOf(i));
        }
        reads.forEach(each -> builder.read((long) (each.atMicros() / speed), each.clinic()));
        return builder.plan();
    }

    public static final int SPEED_MAX = 1_000;

    private static Duration by(Duration time, double speed) {
        return Duration.ofNanos((long) (time.toNanos() / speed));
    }

    /// Arrivals may be added in any order.
    static final class Builder {
        private static final int FIRST_SIZE = 1_024;

        private final String scenario;
        private final long seed;
        private final List<PlannedClinic> clinics = new ArrayList<>();
        private final List<Outage> outages = new ArrayList<>();
        private long[] atMicros = new long[FIRST_SIZE];
        private int[] clinicOf = new int[FIRST_SIZE];
        private byte[] scriptOf = new byte[FIRST_SIZE];
        private boolean[] live = new boolean[FIRST_SIZE];
        private Oddity[] oddityOf = new Oddity[FIRST_SIZE];
        private final List<Read> reads = new ArrayList<>();
        private int size;

        Builder(String scenario, long seed) {
            this.scenario = scenario;
            this.seed = seed;
        }

        void clinic(PlannedClinic clinic) {
            clinics.add(clinic);
        }

        void outage(Outage outage) {
            outages.add(outage);
        }

        void arrival(long at, int clinic, int script, boolean isLive, Oddity oddity) {
            if (size == ARRIVALS_MAX) {
                throw new IllegalArgumentException("a plan holds at most " + ARRIVALS_MAX + " arrivals: lower --scale");
            }
            if (size == atMicros.length) {
                atMicros = Arrays.copyOf(atMicros, size * 2);
                clinicOf = Arrays.copyOf(clinicOf, size * 2);
                scriptOf = Arrays.copyOf(scriptOf, size * 2);
                live = Arrays.copyOf(live, size * 2);
                oddityOf = Arrays.copyOf(oddityOf, size * 2);
            }
            atMicros[size] = at;
            clinicOf[size] = clinic;
            scriptOf[size] = (byte) script;
            live[size] = isLive;
            oddityOf[size] = oddity;
            size++;
        }

        void read(long at, int clinic) {
            if (reads.size() == READS_MAX) {
                throw new IllegalArgumentException("a plan holds at most " + READS_MAX + " reads: lower --scale");
            }
            reads.add(new Read(at, clinic));
        }

        int size() {
            return size;
        }

        /// Makes one of those that were added odd; false when it is so already.
        boolean make(int arrival, Oddity oddity) {
            boolean isFree = oddityOf[arrival] == Oddity.NONE;
            if (isFree) {
                oddityOf[arrival] = oddity;
            }
            return isFree;
        }

        /// The first of a clinic, or -1.
        int firstOf(int clinic) {
            int first = -1;
            for (int i = 0; i < size; i++) {
                if (clinicOf[i] == clinic && (first < 0 || atMicros[i] < atMicros[first])) {
                    first = i;
                }
            }
            return first;
        }

        Plan plan() {
            return new Plan(this);
        }
    }
}
