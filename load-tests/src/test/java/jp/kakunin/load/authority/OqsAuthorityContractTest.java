package jp.kakunin.load.authority;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.OqsAuthority;
import org.jspecify.annotations.Nullable;

/// Over HTTP, to the simulator.
class OqsAuthorityContractTest extends AuthorityContract {
    private @Nullable OqsServer server;

    Faults faults() {
        return Faults.NONE;
    }

    @Override
    final Authority open(Path registry, Path folder, InstantSource clock) throws IOException {
        server = OqsServer.start(registry, folder.resolve("store"), 0, FaultScript.EMPTY, clock, 1, "token");
        server.wrong(faults());
        return new OqsAuthority(
                URI.create(server.url() + "/oqs"), EnumSet.allOf(Capability.class), People.SEAL.getPrivate(), clock);
    }

    @Override
    final void closeBehind() {
        if (server != null) {
            server.close();
        }
    }
}
