package jp.kakunin.load.replay;

import java.util.Map;
import java.util.function.Consumer;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;

/// One device's way to the hub, used on the thread of its edge alone; whoever is told something is told there.
interface FleetLine {
    /// Opens a connection when there is none.
    void send(Sending sending, HubLink.Listener listener);

    void hangUp();

    /// A read with the device's certificate. Fails as [Got#FAILED] when no answer came.
    void get(String path, Map<String, String> headers, Consumer<Got> taker);

    /// From now on the line is dead, or alive again.
    void cut(boolean isCut);

    /// What came of a read.
    record Got(int status, byte[] body) {
        static final Got FAILED = new Got(0, new byte[0]);

        @Override
        public String toString() {
            return "Got[" + status + "]";
        }
    }
}
