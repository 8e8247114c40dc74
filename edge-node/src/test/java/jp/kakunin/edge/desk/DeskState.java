package jp.kakunin.edge.desk;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// One state of one page.
///
/// @param path of the page, once the desk is set up
/// @param typed what is written into the page's form before it is sent; null when none is sent
record DeskState(
        String name,
        List<Clinic> clinics,
        Function<DeskFixture, String> path,
        Consumer<DeskFixture> setUp,
        Map<String, String> typed,
        boolean sends,
        Outside outside) {
    private static final List<Clinic> ONE = List.of(DeskFixture.clinic(DeskFixture.CLINIC, "みどり整骨院"));
    private static final List<Clinic> TWO =
            List.of(ONE.getFirst(), DeskFixture.clinic(DeskFixture.OTHER_CLINIC, "みどり鍼灸マッサージ院"));

    static DeskState home(String name, Consumer<DeskFixture> setUp) {
        return of(name, "/", setUp);
    }

    static DeskState of(String name, String path, Consumer<DeskFixture> setUp) {
        return of(name, _ -> path, setUp);
    }

    static DeskState of(String name, Function<DeskFixture, String> path, Consumer<DeskFixture> setUp) {
        return new DeskState(name, ONE, path, setUp, Map.of(), false, Outside.NOTHING);
    }

    /// The page's form is filled in so and sent; the state is what comes back.
    DeskState typing(Map<String, String> fields) {
        return new DeskState(name, clinics, path, setUp, fields, true, outside);
    }

    DeskState ofTwoClinics() {
        return new DeskState(name, TWO, path, setUp, typed, sends, outside);
    }

    DeskState with(Outside what) {
        return new DeskState(name, clinics, path, setUp, typed, sends, what);
    }

    /// What is before the desk's door.
    enum Outside {
        NOTHING,
        /// A passcode, not typed yet.
        LOCK,
        /// A network with tablets: one is paired, another is about to be.
        TABLETS
    }

    @Override
    public String toString() {
        return name;
    }
}
