package jp.kakunin.edge.desk;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.reader.CardReading;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.store.StoreCondition;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.outbox.TooLate;
import org.jspecify.annotations.Nullable;

/// Every state a page of the desk can be in, also those that take hours, a broken disk or a rare card to come about.
/// `DeskStatesTest` fails when a page or a state is missing here; who looks at all of them is in the end-to-end tests.
final class DeskStates {
    private static final String NAME = "見本 花子";

    private final List<DeskState> all = new ArrayList<>();

    private DeskStates() {}

    static List<DeskState> all() {
        DeskStates states = new DeskStates();
        states.reader();
        states.readings();
        states.answers();
        states.lines();
        states.alarms();
        states.lists();
        states.forms();
        states.activation();
        return List.copyOf(states.all);
    }

    private void reader() {
        for (ReaderState state : ReaderState.values()) {
            if (state != ReaderState.CARD) {
                home("reader-" + lower(state), desk -> desk.reader.become(state));
            }
        }
        home("looking", desk -> {
            desk.reader.looking = new CompletableFuture<>();
            desk.reader.put(DeskFixture.CARD_A);
        });
        for (int tries = 0; tries <= 3; tries++) {
            int left = tries;
            home("ready-" + left, desk -> ready(desk, left));
        }
        for (int days : new int[] {-20, 20, 200}) {
            home("ready-certificate-" + days, desk -> {
                desk.edge.now = DeskFixture.CARD_A.notAfter().plus(Duration.ofDays(days));
                ready(desk, 3);
            });
        }
        add(DeskState.home("two-clinics-ready", desk -> ready(desk, 3)).ofTwoClinics());
    }

    private void readings() {
        home("reading", desk -> {
            ready(desk, 3);
            var _ = desk.reader.hold();
            var _ = desk.commands.check(Map.of("method", "pin"), "1234".toCharArray());
        });
        home("wrong-pin", desk -> read(desk, 2, new CardReading.WrongPin(2)));
        home("wrong-pin-last", desk -> read(desk, 1, new CardReading.WrongPin(1)));
        home("wrong-pin-taken-away", desk -> {
            read(desk, 2, new CardReading.WrongPin(2));
            desk.reader.remove();
        });
        home("blocked", desk -> read(desk, 0, new CardReading.PinBlocked()));
        home("blocked-taken-away", desk -> {
            read(desk, 0, new CardReading.PinBlocked());
            desk.reader.remove();
        });
        home("last-try", desk -> read(desk, 1, new CardReading.LastTry()));
        for (ReaderFault fault : ReaderFault.values()) {
            home("fault-" + lower(fault), desk -> read(desk, 3, new CardReading.Failed(fault, "SCardTransmit 0x6F00")));
        }
        home("clinic-ended", desk -> {
            ready(desk, 3);
            desk.edge.ended = Set.of(DeskFixture.CLINIC);
        });
        home("not-recorded", desk -> {
            desk.edge.broken = new IllegalStateException("the disk is broken");
            read(desk, 3, null);
        });
    }

    private void answers() {
        home("asked", desk -> desk.tap(DeskFixture.CARD_A));
        home("no-answer", desk -> {
            desk.tap(DeskFixture.CARD_A);
            List.copyOf(desk.timers).forEach(Runnable::run);
        });
        home("could-not-ask", desk -> {
            desk.edge.connection(new ConnectionState.Offline(desk.edge.now, Cause.TCP));
            desk.tap(DeskFixture.CARD_A);
        });
        home("valid", desk -> desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), NAME));
        home(
                "valid-unprintable",
                desk -> desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), "見本 ●子"));
        home("valid-to-be-joined", desk -> {
            desk.commands.defer(Map.of("patientName", "見本 花")).join();
            desk.commands
                    .defer(Map.of("patientName", "見本 長い名前長い名前長い名前長い名前長い名前"))
                    .join();
            desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), NAME);
        });
        answer("invalid", new Answer.Invalid(null));
        answer("invalid-newer", new Answer.InvalidNewerExists(DeskFixture.COVERAGE));
        answer("not-found", new Answer.NotFound());
        answer("several", new Answer.Several());
        answer("unregistered", new Answer.ValidUnregistered());
        home("answered-of-another-time", desk -> {
            Coverage now = DeskFixture.COVERAGE;
            Coverage later = new Coverage(
                    now.insurer(), now.symbol(), now.number(), now.branch(), 30, DeskFixture.TODAY.plusDays(3), null);
            Insured insured = new Insured(NAME, "ﾐﾎﾝ", LocalDate.of(1980, 4, 1));
            desk.edge.answer(desk.tap(DeskFixture.CARD_A).check(), new Answer.Valid(later, insured));
        });
        home("unusable", desk -> desk.edge.unusable(desk.tap(DeskFixture.CARD_A).check()));
        home("contested", DeskStates::contested);
        add(DeskState.home("two-clinics-recorded", desk -> {
                    desk.reader.put(DeskFixture.CARD_A);
                    desk.commands
                            .check(
                                    Map.of(
                                            "method", "pin",
                                            "clinic", DeskFixture.CLINIC.digits(),
                                            "also", DeskFixture.OTHER_CLINIC.digits()),
                                    "1234".toCharArray())
                            .join();
                })
                .ofTwoClinics());
    }

    private void lines() {
        for (Cause cause : Cause.values()) {
            home(
                    "line-" + lower(cause),
                    desk -> desk.edge.connection(new ConnectionState.Offline(desk.edge.now, cause)));
        }
        for (Refusal refusal : List.of(Refusal.DEVICE_REVOKED, Refusal.DEVICE_UNKNOWN)) {
            home("refused-" + lower(refusal), desk -> {
                desk.edge.hidden = true;
                desk.edge.connection(new ConnectionState.Refused(desk.edge.now, refusal));
            });
        }
        home("offline-amber", desk -> offline(desk, 5));
        home("offline-red", desk -> offline(desk, 30));
        add(DeskState.of("history-offline-red", "/history", desk -> offline(desk, 30)));
    }

    private void alarms() {
        for (StoreCondition condition : StoreCondition.values()) {
            home("store-" + lower(condition), desk -> desk.edge.store = condition);
        }
        home("alarms", desk -> {
            SetAside.facts(desk);
            desk.edge.outdated = true;
            desk.edge.runsTwice = true;
            desk.edge.clockDoubtful = true;
            desk.edge.tooLate =
                    new TooLate(Map.of(TreatmentMonth.parse("2026-10"), 3, TreatmentMonth.parse("2026-09"), 1));
        });
    }

    private void lists() {
        home("list", EveryStanding::visits);
        add(DeskState.of("list-of-another-day", "/?date=2026-11-19", EveryStanding::visits));
        add(DeskState.of("open", "/open", EveryStanding::visits));
        add(DeskState.of("open-none", "/open", _ -> {}));
        add(DeskState.of("history", "/history", EveryStanding::visits));
        add(DeskState.of("history-none", "/history", EveryStanding::visits).typing(Map.of("name", "だれもいない")));
        add(DeskState.of("visit", DeskStates::visit, EveryStanding::visits));
        add(DeskState.of("visit-set-aside", DeskStates::visit, SetAside::facts));
        add(DeskState.of("visit-invalid", DeskStates::visit, DeskStates::denied));
    }

    private void forms() {
        add(DeskState.of("deferred", "/deferred", _ -> {}));
        add(DeskState.of("deferred-refused", "/deferred", _ -> {}).typing(Map.of("patientName", "見本 123456789012")));
        add(DeskState.of("deferred-recorded", "/deferred", _ -> {}).typing(Map.of("patientName", NAME)));
        add(DeskState.of("oral", "/oral", EveryStanding::visits));
        add(DeskState.of("oral-refused", "/oral", EveryStanding::visits).typing(Map.of("patientName", "")));
        add(DeskState.of("document", "/document", EveryStanding::visits));
        add(DeskState.of("document-for-a-visit", desk -> "/document?visit=" + visitId(desk), DeskStates::denied));
        add(DeskState.of("document-refused", "/document", _ -> {})
                .typing(Map.of("patientName", NAME, "insurer", "33120016", "number", "1")));
        add(DeskState.of("document-refused-reason", "/document", _ -> {})
                .typing(Map.of("patientName", NAME, "document", "PORTAL_SCREEN")));
        add(DeskState.of("join", DeskStates::join, EveryStanding::visits));
        add(DeskState.of(
                "join-none",
                DeskStates::join,
                desk -> desk.commands.defer(Map.of("patientName", NAME)).join()));
        add(DeskState.of("export", "/export", DeskStates::unsent));
        add(DeskState.of("export-none", "/export", _ -> {}));
        add(DeskState.of("help", Manual.PATH, _ -> {}));
        add(DeskState.of("settings", "/settings", _ -> {}));
        add(DeskState.of("tablets", "/tablets", _ -> {}).with(DeskState.Outside.TABLETS));
        add(DeskState.of("tablets-off", "/tablets", _ -> {}));
        add(DeskState.home("locked", _ -> {}).with(DeskState.Outside.LOCK));
        add(DeskState.of("pair", ActivationPages.path("pair", ""), _ -> {}));
        add(DeskState.of("pair-refused", ActivationPages.path("pair", "code"), _ -> {}));
        add(DeskState.of("settings-refused", "/settings", _ -> {}).typing(Map.of("newPasscode", "12")));
        add(DeskState.of("locked-refused", "/", _ -> {})
                .typing(Map.of("passcode", "9999"))
                .with(DeskState.Outside.LOCK));
        add(DeskState.of("page-not-found", "/nowhere", _ -> {}));
        add(DeskState.of("visit-not-found", "/visit?id=1", _ -> {}));
    }

    private void activation() {
        for (String page : List.of("activate-hub", "activate", "activated")) {
            add(DeskState.of(page, ActivationPages.path(page, ""), _ -> {}));
        }
        add(DeskState.of("activate-hub-refused", ActivationPages.path("activate-hub", "check"), _ -> {}));
        add(DeskState.of("activate-refused", ActivationPages.path("activate", "code"), _ -> {}));
        add(DeskState.of("activate-terms-refused", ActivationPages.path("activate", "terms"), _ -> {}));
    }

    private void answer(String name, Answer answer) {
        home(name, desk -> desk.edge.answer(desk.tap(DeskFixture.CARD_A).check(), answer));
    }

    private void home(String name, Consumer<DeskFixture> setUp) {
        add(DeskState.home(name, setUp));
    }

    private void add(DeskState state) {
        all.add(state);
    }

    private static void ready(DeskFixture desk, int triesLeft) {
        desk.reader.triesLeft = triesLeft;
        desk.reader.put(DeskFixture.CARD_A);
    }

    private static void read(DeskFixture desk, int triesLeft, @Nullable CardReading end) {
        ready(desk, 3);
        desk.reader.triesLeft = triesLeft;
        if (end != null) {
            desk.reader.willEndWith(end);
        }
        desk.tap();
    }

    private static void contested(DeskFixture desk) {
        desk.answerValid(desk.tap(DeskFixture.CARD_A).check(), NAME);
        desk.edge.now = desk.edge.now.plus(Duration.ofMinutes(5));
        desk.edge.answer(desk.tap(DeskFixture.CARD_A).check(), new Answer.Invalid(null));
    }

    private static void denied(DeskFixture desk) {
        desk.edge.answer(desk.tap(DeskFixture.CARD_A).check(), new Answer.Invalid(null));
    }

    private static void offline(DeskFixture desk, int hours) {
        desk.commands.defer(Map.of("patientName", NAME)).join();
        desk.edge.heardAt = desk.edge.now.minus(Duration.ofHours(hours));
        desk.edge.connection(new ConnectionState.Offline(desk.edge.now, Cause.DNS));
    }

    private static void unsent(DeskFixture desk) {
        desk.edge.exportable = new Exportable(
                new TreeMap<>(Map.of(TreatmentMonth.parse("2026-11"), 12)),
                new TreeMap<>(Map.of(TreatmentMonth.parse("2026-09"), 2)),
                new TreeMap<>(Map.of(TreatmentMonth.parse("2026-12"), 1)));
    }

    private static String visit(DeskFixture desk) {
        return "/visit?id=" + visitId(desk);
    }

    private static String visitId(DeskFixture desk) {
        return desk.book().on(DeskFixture.TODAY).getFirst().judged().visit().toString();
    }

    private static String join(DeskFixture desk) {
        return "/join?a="
                + desk.book().on(DeskFixture.TODAY).getFirst().judged().patient();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
