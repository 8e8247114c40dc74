package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.load.endtoend.Until;
import jp.kakunin.load.endtoend.reception.Launcher.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The path of the README, command by command.
class NewcomerIT {
    private static final int TERMINATED_BY_SIGNAL = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void a_tap_waits_for_the_hub_and_a_deferred_first_visit_for_the_card() throws Exception {
        try (RunningUp up = RunningUp.start(folder.resolve("data"))) {
            Ended tapped = up.kakunin("card", "tap");
            assertThat(tapped.code()).as(tapped.err()).isZero();
            assertThat(tapped.out()).startsWith("CONFIRMED").containsAnyOf("有効", "(valid)");

            up.stopHub();
            String waiting = up.json("card", "tap", "--card", "sakura").getString("visit");
            assertThat(standing(up.visit(waiting))).isEqualTo("WAITING");
            assertThat(up.visit(waiting).getBoolean("sent")).isFalse();
            JsonObject deferred = up.json("edge", "defer", "--patient-name", "見本 未来");
            assertThat(standing(deferred)).isEqualTo("DEFERRED");
            assertThat(deferred.getString("due")).isEqualTo(lastDayOfMonth(deferred));
            Ended history = up.kakunin("hub", "history", "--clinic", RunningUp.CLINIC, "--month", "2026-11");
            assertThat(history.code()).isEqualTo(69);
            assertThat(history.err()).contains("no hub runs on").contains("start one with");

            up.startHub();
            Until.until("answered by itself", () -> standing(up.visit(waiting)).equals("CONFIRMED"));
            Until.until("in the worklist", () -> inWorklist(up, deferred));
            assertThat(up.said()).contains("hub has gone").contains("hub is back");

            JsonObject card = up.json("card", "tap", "--card", "yuki");
            assertThat(standing(card)).isEqualTo("CONFIRMED");
            up.json("edge", "join", "--patient", card.getString("patient"), "--with", deferred.getString("patient"));
            String visit = deferred.getString("visit");
            Until.until("confirmed by the card", () -> standing(up.visit(visit)).equals("CONFIRMED"));
            Until.until(
                    "in the history", () -> standing(inHistory(up, deferred)).equals("CONFIRMED"));
            assertThat(inWorklist(up, deferred)).isFalse();
            theConsoleShows(up, deferred, card);

            refusals(up);
            up.endHubs();
            assertThat(up.terminate()).isIn(0, TERMINATED_BY_SIGNAL);
            assertThat(up.said()).contains("stopping");
            assertThat(up.processes()).isEmpty();
            assertThat(up.directory().cardRun()).doesNotExist();
            assertThat(up.directory().edgeRun()).doesNotExist();
            assertThat(up.directory().hubRun()).doesNotExist();
        }
    }

    private static void theConsoleShows(RunningUp up, JsonObject deferred, JsonObject card) throws Exception {
        try (Console console = Console.signIn(up)) {
            String month = console.page("/clinics/" + RunningUp.CLINIC + "/" + month(deferred));
            assertThat(month).contains("確認済み").doesNotContain("state DEFERRED").doesNotContain("state WAITING");
            for (String person : new String[] {"見本", "未来", card.getString("patientName")}) {
                assertThat(month).doesNotContain(person);
            }
            assertThat(console.page("/worklist")).contains("未確認の来院はありません");
        }
    }

    private static void refusals(RunningUp up) throws Exception {
        Ended second = up.kakunin("up");
        assertThat(second.code()).isEqualTo(69);
        assertThat(second.err()).contains("is in use by process").contains("--data DIR");
        Ended month = up.kakunin("hub", "history", "--clinic", RunningUp.CLINIC, "--month", "2026-13");
        assertThat(month.code()).isEqualTo(2);
        assertThat(month.err()).contains("--month must be YYYY-MM");
        Ended clinic = up.kakunin("hub", "history", "--clinic", "12", "--month", "2026-11");
        assertThat(clinic.code()).isEqualTo(2);
        assertThat(clinic.err()).contains("--clinic must be an institution code of 10 digits");
        Ended pin = up.kakunin("card", "tap", "--card", "taro", "--pin", "9999");
        assertThat(pin.code()).isEqualTo(1);
        assertThat(pin.err()).contains("2").containsAnyOf("暗証番号", "PIN").doesNotContain("9999");
    }

    @Test
    void without_a_running_up_the_card_commands_say_what_to_start() throws Exception {
        for (String command : new String[] {"insert", "remove", "tap"}) {
            Ended ended = Launcher.run("card", command, "--data", folder.toString());

            assertThat(ended.code()).isEqualTo(69);
            assertThat(ended.err()).contains("start ./kakunin up first");
        }
    }

    @Test
    void an_unknown_command_is_answered_with_the_way_to_the_help() throws Exception {
        Ended ended = Launcher.run("dwon");

        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.err()).contains("there is no command \"dwon\"").contains("./kakunin help");
        assertThat(Launcher.run("hub", "hstory").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "hub",
                "hub stop",
                "hub history",
                "hub worklist",
                "edge",
                "edge stop",
                "edge visits",
                "edge defer",
                "edge join",
                "card",
                "card insert",
                "card remove",
                "card tap",
                "test"
            })
    void every_command_explains_itself(String command) throws Exception {
        Ended help = Launcher.run((command + " --help").split(" "));

        assertThat(help.code()).as(help.err()).isZero();
        assertThat(help.out()).contains("Usage:");
    }

    @Test
    void help_names_every_command() throws Exception {
        Ended help = Launcher.run("help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("up ", "hub ", "edge ", "card ", "load ", "test ", "help ");
    }

    private static boolean inWorklist(RunningUp up, JsonObject visit) throws Exception {
        JsonArray items = up.json("hub", "worklist").getJsonArray("items");
        return items.stream()
                .map(JsonObject.class::cast)
                .anyMatch(item -> Objects.equals(item.getString("visit"), visit.getString("visit")));
    }

    private static JsonObject inHistory(RunningUp up, JsonObject visit) throws Exception {
        JsonObject history = up.json("hub", "history", "--clinic", RunningUp.CLINIC, "--month", month(visit));
        return RunningUp.found(history.getJsonArray("visits"), String.valueOf(visit.getString("visit")));
    }

    private static String month(JsonObject visit) {
        return String.valueOf(visit.getString("treatmentDate")).substring(0, 7);
    }

    private static String lastDayOfMonth(JsonObject visit) {
        LocalDate last = TreatmentMonth.parse(month(visit)).due();
        assertThat(last.plusDays(1).getDayOfMonth()).isEqualTo(1);
        return last.toString();
    }

    private static String standing(JsonObject visit) {
        return String.valueOf(visit.getString("standing"));
    }
}
