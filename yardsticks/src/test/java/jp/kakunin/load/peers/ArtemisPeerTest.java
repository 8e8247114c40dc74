package jp.kakunin.load.peers;

import java.nio.file.Path;

/// The one that needs nothing but its jars.
final class ArtemisPeerTest extends PeerContract {
    @Override
    Peer open(Path folder) throws Exception {
        return new ArtemisPeer(folder);
    }
}
