package jp.kakunin.hub.journal;

import java.util.UUID;
import jp.kakunin.domain.Incarnation;

final class MemoryJournalTest extends JournalContract {
    @Override
    Journal open() {
        return MemoryJournal.create(new Incarnation(new UUID(1, 2)), Runnable::run);
    }

    @Override
    Journal reopen(Journal running) {
        return ((MemoryJournal) running).crash();
    }
}
