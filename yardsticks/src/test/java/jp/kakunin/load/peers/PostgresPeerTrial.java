package jp.kakunin.load.peers;

import java.nio.file.Path;

/// Not part of the suites: asked for by name, see CONTRIBUTING.
final class PostgresPeerTrial extends PeerContract {
    @Override
    Peer open(Path folder) throws Exception {
        return new PostgresPeer(folder);
    }
}
