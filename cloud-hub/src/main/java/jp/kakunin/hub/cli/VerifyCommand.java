package jp.kakunin.hub.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.hub.verify.Check;
import jp.kakunin.hub.verify.Findings;
import jp.kakunin.hub.verify.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `hub verify`
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Makes everything the hub derives anew from the facts and compares; checks chains and positions.",
            "Reads the store of a hub that does not run, or a snapshot that the running one makes.",
            "Changes nothing. Prints every difference by clinic, month and position, and a count for each check."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    private final HubWorld world;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    VerifyCommand(HubWorld world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (StillStore store = StillStore.of(data, world);
                JournalImage image = JournalImage.open(store.folder(), store.keys())) {
            Findings findings = new Verification(
                            image,
                            world.clock().instant(),
                            out::println,
                            new Progress(spec.commandLine().getErr()))
                    .run();
            for (Check check : Check.values()) {
                out.printf(
                        Locale.ROOT,
                        "%-10s %,12d examined %,9d different%n",
                        check.name().toLowerCase(Locale.ROOT),
                        findings.examinedOf(check),
                        findings.differentOf(check));
            }
            out.flush();
            return findings.isClean() ? ExitCode.OK : ExitCode.DIFFERENT;
        }
    }

    /// Says now and then how far it has come.
    private final class Progress implements Verification.Progress {
        private final PrintWriter err;
        private Instant told = world.clock().instant();

        Progress(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void at(int clinics, int clinicsInAll, long facts) {
            Instant now = world.clock().instant();
            if (Duration.between(told, now).compareTo(PROGRESS_EVERY) >= 0) {
                told = now;
                err.printf(Locale.ROOT, "%,d of %,d clinics, %,d facts%n", clinics, clinicsInAll, facts);
                err.flush();
            }
        }
    }
}
