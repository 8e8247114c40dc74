package jp.kakunin.load.simulation;

import jp.kakunin.domain.DeviceId;
import jp.kakunin.exchange.Request;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.MemoryJournal;

/// A way to spoil the product from outside, to see that the simulation notices.
interface Mutation {
    Mutation NONE = new Mutation() {};

    default Journal journal(Journal journal) {
        return journal;
    }

    default void arriving(DeviceId device, Request request) {}

    /// The hub starts with this disk.
    default void starting(MemoryJournal disk) {}

    default MemoryJournal afterCrash(MemoryJournal disk) {
        return disk;
    }

    /// Whether edges forget months.
    default boolean edgesForget() {
        return true;
    }

    /// Whether edges remove what they keep of a clinic whose declaration has ended.
    default boolean edgesRemove() {
        return true;
    }

    /// Whether what an edge wrote survives a crash.
    default boolean edgesSync() {
        return true;
    }
}
