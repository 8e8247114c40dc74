package jp.kakunin.load.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jp.kakunin.load.authority.Faults;
import jp.kakunin.load.authority.OqsServer;
import jp.kakunin.load.population.Outage;
import org.jspecify.annotations.Nullable;

/// Kills the hub's process, cuts the fleet's lines, silences the simulated authority.
final class HubAway implements Away {
    private static final Faults DOWN = new Faults(true, 0, 0, 0, Faults.CharsetName.UTF_8, false, false, null, 0, 0);

    private final LoadHub hub;
    private final Path launcher;
    private final List<String> command;
    private final Fleet fleet;
    private final @Nullable OqsServer authority;
    private final Faults afterwards;

    /// @param command that starts the hub
    /// @param afterwards what is wrong with the authority when it is back
    HubAway(
            LoadHub hub,
            Path launcher,
            List<String> command,
            Fleet fleet,
            @Nullable OqsServer authority,
            Faults afterwards) {
        this.hub = hub;
        this.launcher = launcher;
        this.command = List.copyOf(command);
        this.fleet = fleet;
        this.authority = authority;
        this.afterwards = afterwards;
    }

    @Override
    public void begin(Outage outage) throws InterruptedException {
        switch (outage.what()) {
            case HUB -> hub.kill();
            case LINE -> fleet.cut(outage.carrier(), true);
            case AUTHORITY -> tell(DOWN);
        }
    }

    @Override
    public void end(Outage outage) throws IOException, InterruptedException {
        switch (outage.what()) {
            case HUB -> hub.start(launcher, command);
            case LINE -> fleet.cut(outage.carrier(), false);
            case AUTHORITY -> tell(afterwards);
        }
    }

    private void tell(Faults faults) {
        if (authority != null) {
            authority.wrong(faults);
        }
    }
}
