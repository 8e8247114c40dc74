package jp.kakunin.load.simulation;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The chance of one seed. Each part of the simulation rolls dice of its own, so that one part rolling more often does
/// not change the others.
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    Dice split() {
        return new Dice(random.split());
    }

    RandomGenerator generator() {
        return random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int upTo(int max) {
        return random.nextInt(max + 1);
    }

    int between(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    /// Mostly near the smallest, sometimes far away.
    long longTail(long min, long max) {
        double r = random.nextDouble();
        return min + (long) ((max - min) * r * r * r * r);
    }

    <T> T pick(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    final <T> T pick(T... things) {
        return things[random.nextInt(things.length)];
    }
}
