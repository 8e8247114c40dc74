package jp.kakunin.load.peers;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import jp.kakunin.load.replay.CardPapers;
import jp.kakunin.load.replay.ClinicDay;
import jp.kakunin.load.replay.LoadHub;
import jp.kakunin.load.replay.Parcel.Made;

/// What one client pushes in one round, made before the clock starts: facts as the product's codec writes them, and one
/// in a hundred that was pushed before. The same for every peer, because it follows from its numbers alone.
record Offer(List<List<Made>> pushes) {
    static final double REPEAT_SHARE = 0.01;

    /// Then other patients come: nobody has a hundred visits in a month, and who judges months would pay for it.
    private static final int FACTS_OF_PATIENTS = 1_200;

    private static final long SPREAD = 1_000_003;

    Offer {
        pushes = List.copyOf(pushes);
    }

    /// What all offers of a run have in common.
    record Source(long seed, Instant now) {
        /// @param round of the whole run, so that no fact comes twice but by intention
        /// @param batch facts of one push
        List<Offer> of(int round, int clients, int batch, int facts) {
            int pushes = Math.max(1, facts / clients / batch);
            return IntStream.range(0, clients)
                    .parallel()
                    .mapToObj(client -> one(round, client, batch, pushes))
                    .toList();
        }

        private Offer one(int round, int client, int batch, int count) {
            var random = new SplittableRandom((seed * SPREAD + round) * SPREAD + client);
            ClinicDay day = day(client, random);
            List<List<Made>> pushes = new ArrayList<>(count);
            int pushesOfPatients = Math.max(1, FACTS_OF_PATIENTS / batch);
            for (int i = 0; i < count; i++) {
                if (i > 0 && i % pushesOfPatients == 0) {
                    day = day(client, random);
                }
                List<Made> push = new ArrayList<>(day.parcel(batch, false).facts());
                for (int j = 0; i > 0 && j < batch; j++) {
                    if (random.nextDouble() < REPEAT_SHARE) {
                        List<Made> earlier = pushes.get(random.nextInt(i));
                        push.set(j, earlier.get(random.nextInt(batch)));
                    }
                }
                pushes.add(List.copyOf(push));
            }
            return new Offer(pushes);
        }

        private ClinicDay day(int client, SplittableRandom random) {
            return new ClinicDay(
                    LoadHub.clinic(client),
                    InstantSource.fixed(now),
                    random.split(),
                    random.split(),
                    CardPapers.blank(random.split()));
        }
    }
}
