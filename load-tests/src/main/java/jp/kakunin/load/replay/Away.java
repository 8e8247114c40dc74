package jp.kakunin.load.replay;

import java.io.IOException;
import jp.kakunin.load.population.Outage;

/// Takes away what the plan says, and brings it back.
interface Away {
    void begin(Outage outage) throws IOException, InterruptedException;

    /// Returns when it works again.
    void end(Outage outage) throws IOException, InterruptedException;
}
