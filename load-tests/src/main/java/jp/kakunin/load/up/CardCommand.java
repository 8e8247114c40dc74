package jp.kakunin.load.up;

import static jp.kakunin.load.ExitCode.FAILED;
import static jp.kakunin.load.ExitCode.OK;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import jp.kakunin.load.UnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Handles the virtual card of a running `up` by hand.
@Command(
        name = "card",
        mixinStandardHelpOptions = true,
        version = "Kakunin 0.1.0",
        description = "Put a virtual My Number card on the reader, take it away, or do a whole tap.",
        subcommands = {CardCommand.Insert.class, CardCommand.Remove.class, CardCommand.Tap.class})
public final class CardCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: insert, remove or tap");
    }

    @Command(
            name = "insert",
            mixinStandardHelpOptions = true,
            description = "Put a card on the reader and leave it there.")
    static final class Insert implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Option(
                names = "--card",
                paramLabel = "NAME",
                defaultValue = "hanako",
                description =
                        "Whose card: hanako, taro, jiro, yuki or sakura; any other name is a card nobody knows (default: ${DEFAULT-VALUE}).")
        private String card;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            try (LocalApi control = control(data.directory())) {
                control.post("/insert", new JsonObject().put("card", card));
            }
            spec.commandLine().getOut().println("card of " + card + " is on the reader");
            return OK;
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Take the card away.")
    static final class Remove implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            try (LocalApi control = control(data.directory())) {
                control.post("/remove", new JsonObject());
            }
            spec.commandLine().getOut().println("the reader is empty");
            return OK;
        }
    }

    @Command(
            name = "tap",
            mixinStandardHelpOptions = true,
            description = {
                "Do what patient and receptionist do: put the card down, enter the PIN at the desk, read the answer, take the card away.",
                "Without --pin the patient knows the card's PIN."
            })
    static final class Tap implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Option(
                names = "--card",
                paramLabel = "NAME",
                defaultValue = "hanako",
                description =
                        "Whose card: hanako, taro, jiro, yuki or sakura; any other name is a card nobody knows (default: ${DEFAULT-VALUE}).")
        private String card;

        @Option(names = "--pin", paramLabel = "NNNN", description = "The PIN the patient types.")
        private @Nullable String pin;

        @Option(names = "--visual", description = "Check by looking at the face instead of a PIN.")
        private boolean visual;

        @Option(names = "--json", description = "Print the visit as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            DataDirectory directory = data.directory();
            try (LocalApi control = control(directory);
                    LocalApi desk = desk(directory)) {
                JsonObject visit = new Tapping(control, desk).tap(card, pin, visual);
                out.println(json ? visit.encode() : Tapping.inWords(visit));
                return OK;
            } catch (LocalApi.RefusedException e) {
                spec.commandLine().getErr().println("the desk says: " + e.getMessage());
                return FAILED;
            }
        }
    }

    private static LocalApi control(DataDirectory directory) throws UnavailableException {
        RunFile run = RunFile.ofRunning(directory.cardRun())
                .orElseThrow(() -> new UnavailableException("no virtual card under " + directory.root()
                        + ": start ./kakunin up first, or name its folder with --data DIR"));
        return new LocalApi(run.text("url"), run.text("token"));
    }

    private static LocalApi desk(DataDirectory directory) throws UnavailableException {
        RunFile run = RunFile.ofRunning(directory.edgeRun())
                .orElseThrow(() -> new UnavailableException("the edge node under " + directory.root()
                        + " is not running: start it with ./kakunin edge --data " + directory.root()));
        return LocalApi.desk(run.text("desk"), run.text("token"), Locale.getDefault());
    }
}
