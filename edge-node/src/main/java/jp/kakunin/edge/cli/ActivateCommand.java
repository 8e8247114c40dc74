package jp.kakunin.edge.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import jp.kakunin.edge.EdgeConfig;
import jp.kakunin.edge.EdgeStartException;
import jp.kakunin.edge.FormerClinic;
import jp.kakunin.edge.RunLock;
import jp.kakunin.edge.activation.Activator;
import jp.kakunin.edge.activation.Offer;
import jp.kakunin.edge.activation.Sheet;
import jp.kakunin.edge.activation.TroubleException;
import jp.kakunin.edge.desk.ActivationServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `edge activate`
@Command(
        name = "activate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes this device one of a clinic, with what stands on the set-up sheet. No edge may run meanwhile.",
            "Institution code, ID, password and activation code are asked for on the terminal, or read from the",
            "standard input in this order, one a line; never given as arguments, which others on this machine can see."
        })
final class ActivateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--hub", required = true, paramLabel = "URL", description = "The hub's address, as on the sheet.")
    private String hub = "";

    @Option(
            names = "--check",
            required = true,
            paramLabel = "VALUE",
            description = "The hub's check value, as on the sheet.")
    private String check = "";

    @Option(
            names = "--accept-terms",
            paramLabel = "VERSION",
            description = "Accept the terms of that version, which were read before; otherwise they are shown.")
    private @Nullable String accepted;

    @Option(names = "--again", description = "Activate a device that has an identity anew; what it recorded is kept.")
    private boolean again;

    @Override
    public Integer call() throws IOException, EdgeStartException {
        EdgeConfig config = data.config(0);
        try (RunLock lock =
                RunLock.tryTake(config.runLock(), ProcessHandle.current().pid())) {
            if (lock == null) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "an edge runs on " + config.data() + ": open its page, or stop it first with `edge stop`");
            }
            if (config.isActivated() && !again) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "this device is activated; to do it anew with a new code add --again (tell the office which"
                                + " device it replaces)");
            }
            var activator = new Activator(
                    config.identity(), InstantSource.system(), new SecureRandom(), () -> FormerClinic.forget(config));
            Offer offer = activator.offer(Sheet.hub(hub), Sheet.check(check));
            activator.activate(offer, ask(offer));
        } catch (TroubleException e) {
            throw new CommandException(ExitCode.FAILED, ActivationServer.inEnglish(e.trouble()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("activated: start it with ./kakunin edge --data " + config.data());
        out.flush();
        return ExitCode.OK;
    }

    private Sheet ask(Offer offer) throws IOException, TroubleException {
        Console console = terminal();
        if (!offer.termsVersion().equals(accepted)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("Terms of use, version " + offer.termsVersion() + ":\n" + offer.termsEnglish());
            out.flush();
            if (console == null || !"yes".equals(console.readLine("Accepted for the clinic? (yes/no) "))) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "the terms were not accepted; nothing was sent. Without a terminal add --accept-terms "
                                + offer.termsVersion());
            }
        }
        if (console != null) {
            return Sheet.typed(
                    console.readLine("Institution code: "),
                    console.readLine("ID: "),
                    new String(console.readPassword("Password: ")),
                    new String(console.readPassword("Activation code: ")));
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return Sheet.typed(line(in), line(in), line(in), line(in));
    }

    /// Null when nobody sits at one.
    @SuppressWarnings("SystemConsoleNull") // It is null all the same where the JDK is without its line editor.
    private static @Nullable Console terminal() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }

    private static String line(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new CommandException(
                    ExitCode.USAGE, "the standard input must have four lines: institution code, ID, password, code");
        }
        return line;
    }
}
