package jp.kakunin.load.peers;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;

/// A program that keeps facts, started on a folder of its own and driven through the client its makers publish. What is
/// acknowledged has reached the disk, if the program can do that at all.
interface Peer extends AutoCloseable {
    /// Returns when clients may connect. After [#kill] it starts again on what is on the disk.
    void start() throws Exception;

    /// What it promises, read back from the running program.
    Nature nature() throws Exception;

    /// One connection. What clients of different numbers send goes to different clinics.
    Client connect(int number) throws Exception;

    /// Tells the id of every fact it holds, a doubled one twice.
    void read(Consumer<FactId> visitor) throws Exception;

    /// What its processes have used so far.
    long cpuNanos();

    /// As `kill -9` does it, to all its processes.
    void kill() throws Exception;

    /// Stops it. Its folder stays, for whoever made it to remove.
    @Override
    void close() throws IOException;

    /// For one thread.
    interface Client extends AutoCloseable {
        /// Returns when all of them are acknowledged. A fact sent before is not kept a second time, if the
        /// program can see to that.
        void push(List<Made> facts) throws Exception;

        @Override
        void close() throws Exception;
    }

    /// @param durable whether what it acknowledges was synced to the disk before
    /// @param known how that is known
    /// @param dedup whether, and within which limits, a fact that is sent again is kept once
    record Nature(String version, boolean durable, String known, boolean dedups, String dedup, boolean tls) {}
}
