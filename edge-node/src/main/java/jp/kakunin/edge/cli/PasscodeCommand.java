package jp.kakunin.edge.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.door.Passcode;
import jp.kakunin.edge.door.PasscodeFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `edge passcode`: the passcode of the desk. Works whether the edge runs or not; one that runs notices within seconds.
@Command(
        name = "passcode",
        mixinStandardHelpOptions = true,
        description = {
            "Sets or clears the passcode of the desk. Whoever may write in the data directory may do so, also when the",
            "passcode is forgotten."
        })
final class PasscodeCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = {
                "Sets the passcode and locks the desk. It is asked for on the terminal, or read as one line from the",
                "standard input; never given as an argument, which others on this machine can see."
            })
    int set(@Mixin DataOption place) throws IOException {
        EdgeConfig config = place.config(0);
        Passcode passcode = Passcode.typed(ask());
        if (passcode == null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "a passcode has " + Passcode.CHARACTERS_MIN + " to " + Passcode.CHARACTERS_MAX
                            + " letters or digits; nothing was changed");
        }
        new PasscodeFile(config.folder()).set(passcode, new SecureRandom());
        say("the passcode is set; the desk is locked");
        return ExitCode.OK;
    }

    @Command(name = "clear", mixinStandardHelpOptions = true, description = "Clears the passcode: the desk opens.")
    int clear(@Mixin DataOption place) throws IOException {
        say(
                new PasscodeFile(place.config(0).folder()).clear()
                        ? "the passcode is cleared; the desk is open"
                        : "there was no passcode");
        return ExitCode.OK;
    }

    private void say(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    private static @Nullable String ask() throws IOException {
        Console console = terminal();
        if (console == null) {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        }
        String first = typed(console, "New passcode: ");
        if (!first.equals(typed(console, "Once more: "))) {
            throw new CommandException(ExitCode.FAILED, "the two are not the same; nothing was changed");
        }
        return first;
    }

    private static String typed(Console console, String prompt) {
        char[] typed = console.readPassword(prompt);
        return typed == null ? "" : new String(typed);
    }

    /// Null when nobody sits at one.
    @SuppressWarnings("SystemConsoleNull") // It is null all the same where the JDK is without its line editor.
    private static @Nullable Console terminal() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }
}
