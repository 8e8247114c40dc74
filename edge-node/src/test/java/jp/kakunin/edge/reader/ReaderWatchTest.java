package jp.kakunin.edge.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReaderWatchTest {
    private final Logger log = Logger.getLogger(ReaderWatch.class.getName());
    private final List<String> told = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(listener);
    }

    @AfterEach
    void hearNoMore() {
        log.removeHandler(listener);
    }

    @Test
    void a_service_that_stays_away_is_told_once() {
        watch(gone(), gone(), gone());

        assertThat(told).hasSize(1);
    }

    @Test
    void another_trouble_is_told_again() {
        watch(gone(), new CardTrouble(CardTrouble.Kind.ACCESS_DENIED, "not allowed"));

        assertThat(told).hasSize(2);
    }

    @Test
    void a_service_that_came_and_went_is_told_again() {
        watch(gone(), null, gone());

        assertThat(told).hasSize(2);
    }

    private static CardTrouble gone() {
        return new CardTrouble(CardTrouble.Kind.NO_SERVICE, "not running");
    }

    /// Watches a service until it has shown each of these in turn: a trouble, or with null one look at its readers.
    private static void watch(@Nullable CardTrouble... turns) {
        Service service = new Service(turns);
        ReaderWatch watch =
                new ReaderWatch(service, new CardFinder(""), ReaderOptions.DEFAULT, new WatchedWork(), _ -> {});
        service.atTheEnd = watch::stop;
        watch.run();
    }

    /// A card service without readers.
    private static final class Service implements CardPort, CardPort.Session {
        private final @Nullable CardTrouble[] turns;
        private int turn;
        private Runnable atTheEnd = () -> {};

        Service(@Nullable CardTrouble[] turns) {
            this.turns = turns;
        }

        @Override
        public Session open() {
            return this;
        }

        @Override
        public List<Slot> slots() {
            return List.of();
        }

        @Override
        public List<Slot> await(long millisMax) throws CardTrouble {
            CardTrouble trouble = turns[turn++];
            if (turn == turns.length) {
                atTheEnd.run();
            }
            if (trouble != null) {
                throw trouble;
            }
            return slots();
        }

        @Override
        public Link connect(String reader) throws CardTrouble {
            throw new CardTrouble(CardTrouble.Kind.NO_READER, reader);
        }

        @Override
        public void close() {}
    }
}
