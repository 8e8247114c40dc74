package jp.kakunin.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.hub.HubWorld;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;
import jp.kakunin.hub.cli.HubCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// A real hub whose authority never answers, so that taking facts is measured and asking is not.
@Command(name = SilentHubCommand.NAME, hidden = true)
public final class SilentHubCommand implements Callable<Integer> {
    public static final String NAME = "hub-with-silent-authority";

    @Unmatched
    private List<String> hubArguments = new ArrayList<>();

    @Override
    public Integer call() {
        HubWorld system = HubWorld.system();
        HubWorld world = new HubWorld(
                system.clock(),
                system.uptime(),
                system.random(),
                system.secrets(),
                (_, _, _, _) -> new SilentAuthority());
        return HubCommand.commandLine(world).execute(hubArguments.toArray(String[]::new));
    }

    private static final class SilentAuthority implements Authority {
        @Override
        public Set<Capability> capabilities() {
            return Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED);
        }

        @Override
        public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
            return CompletableFuture.completedFuture(new AuthorityResult.NoAnswer(AuthorityResult.Cause.UNREACHABLE));
        }
    }
}
