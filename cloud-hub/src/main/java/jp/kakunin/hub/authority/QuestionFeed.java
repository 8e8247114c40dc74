package jp.kakunin.hub.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import jp.kakunin.hub.journal.Journal;
import jp.kakunin.hub.journal.Question;
import org.jspecify.annotations.Nullable;

/// Hands out open questions: those a patient waits for first, then all others in the journal's order. The journal is
/// read page by page; what comes meanwhile is put in its place. The journal is the truth: what is forgotten here comes
/// again with the next pass through it.
final class QuestionFeed {
    /// How long a patient is taken to wait for an answer at the desk.
    static final Duration PATIENT_STAYS_MAX = Duration.ofMinutes(5);

    static final int LIVE_QUESTIONS_MAX = 10_000;
    static final int EXTRA_QUESTIONS_MAX = 10_000;
    private static final int PAGE_QUESTIONS_MAX = 256;

    private final Journal journal;
    /// The longest waiting first, so that making room looks only at those that go.
    private final SequencedMap<Question, Instant> liveSince = new LinkedHashMap<>();

    private final Set<Question> live = new LinkedHashSet<>();
    private final TreeSet<Question> extra = new TreeSet<>();
    private final Queue<Question> page = new ArrayDeque<>();
    private final Set<Question> asking = new TreeSet<>();
    private @Nullable Question reached;
    private boolean passWanted = true;
    private boolean passing;

    QuestionFeed(Journal journal) {
        this.journal = journal;
    }

    void addLive(Question question, Instant now) {
        while (liveSince.size() >= LIVE_QUESTIONS_MAX
                && !isLive(liveSince.firstEntry().getKey(), now)) {
            liveSince.pollFirstEntry();
        }
        if (liveSince.size() < LIVE_QUESTIONS_MAX) {
            liveSince.putIfAbsent(question, now);
        }
        add(question);
    }

    /// A question to be asked now, again or for the first time.
    void add(Question question) {
        if (liveSince.containsKey(question)) {
            live.add(question);
        } else if (extra.size() < EXTRA_QUESTIONS_MAX) {
            extra.add(question);
        } else {
            passWanted = true;
        }
    }

    /// Whether the patient may still be at the desk.
    boolean isLive(Question question, Instant now) {
        Instant since = liveSince.get(question);
        return since != null && !now.isAfter(since.plus(PATIENT_STAYS_MAX));
    }

    /// There may be something in the journal.
    void wantPass() {
        passWanted = true;
    }

    int asking() {
        return asking.size();
    }

    /// A live question nobody is asking yet; it stays taken until it is given back.
    @Nullable
    Question takeLive(Instant now, Predicate<Question> askable) {
        while (!live.isEmpty()) {
            Question next = live.iterator().next();
            live.remove(next);
            if (!isLive(next, now)) {
                liveSince.remove(next);
                add(next);
            } else if (askable.test(next) && isOpen(next) && asking.add(next)) {
                return next;
            }
        }
        return null;
    }

    /// Another question nobody is asking yet, in the order of the journal.
    @Nullable
    Question takeOther(Predicate<Question> askable) {
        for (Question next = pollOther(); next != null; next = pollOther()) {
            if (askable.test(next) && isOpen(next) && asking.add(next)) {
                return next;
            }
        }
        return null;
    }

    /// What was remembered may have been settled since by somebody else: an edge that gave an answer back, a
    /// withdrawal. Such a question must not be asked again.
    private boolean isOpen(Question question) {
        List<Question> found = journal.questions(question.justBefore(), 1);
        return !found.isEmpty() && found.getFirst().compareTo(question) == 0;
    }

    void giveBack(Question question) {
        asking.remove(question);
    }

    /// It is open no longer: a page read before must not have it asked again.
    void settled(Question question) {
        asking.remove(question);
        liveSince.remove(question);
        live.remove(question);
        extra.remove(question);
        page.remove(question);
    }

    private @Nullable Question pollOther() {
        Question inJournal = fillPage() ? page.peek() : null;
        Question beside = extra.isEmpty() ? null : extra.first();
        if (inJournal == null || (beside != null && beside.compareTo(inJournal) <= 0)) {
            return extra.pollFirst();
        }
        return page.poll();
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
