package jp.kakunin.hub.authority;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;
import org.jspecify.annotations.Nullable;

/// Hands out open questions: those a patient waits for first, then what the journal holds, in its order, page by
/// page. The journal is the truth; what is forgotten here comes again with the next pass through it.
final class QuestionFeed {
    private static final int LIVE_QUESTIONS_MAX = 10_000;
    private static final int PAGE_QUESTIONS_MAX = 256;

    private final Journal journal;
    private final Queue<Question> live = new ArrayDeque<>();
    private final Queue<Question> page = new ArrayDeque<>();
    private final Set<Question> asking = new TreeSet<>();
    private @Nullable Question reached;
    private boolean passWanted = true;
    private boolean passing;

    QuestionFeed(Journal journal) {
        this.journal = journal;
    }

    void addLive(Question question) {
        if (live.size() < LIVE_QUESTIONS_MAX) {
            live.add(question);
        }
    }

    /// There may be something in the journal.
    void wantPass() {
        passWanted = true;
    }

    int asking() {
        return asking.size();
    }

    /// A question nobody is asking yet; it stays taken until it is given back.
    @Nullable
    Question take(boolean withBacklog, Predicate<Question> askable) {
        Question next = takeFrom(live, askable);
        while (next == null && withBacklog && fillPage()) {
            next = takeFrom(page, askable);
        }
        return next;
    }

    void giveBack(Question question) {
        asking.remove(question);
    }

    private @Nullable Question takeFrom(Queue<Question> queue, Predicate<Question> askable) {
        for (Question next = queue.poll(); next != null; next = queue.poll()) {
            if (askable.test(next) && asking.add(next)) {
                return next;
            }
        }
        return null;
    }

    private boolean fillPage() {
        while (page.isEmpty() && (passing || passWanted)) {
            if (!passing) {
                passWanted = false;
                reached = null;
            }
            page.addAll(journal.questions(reached, PAGE_QUESTIONS_MAX));
            passing = !page.isEmpty();
            page.forEach(question -> reached = question);
        }
        return !page.isEmpty();
    }
}
