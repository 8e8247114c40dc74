package jp.kakunin.edge.receipt;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drops each change of a visit as a file for receipt computers that watch a folder, e.g.
/// `OQSsiquc01res_202611-019…_20261120103200.xml`. The name comes from the change, so that writing it again after a
/// crash
/// writes the same file. The month in it lets the files of a closed month be found without anything else being known.
///
/// Follows the changes like any client; up to where stands in a file of its own. Of one thread; may block on the disk.
public final class DropFolder {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
    private static final int PAGE_CHANGES = 100;
    private static final String PREFIX = "OQSsiquc01res_";
    private static final Pattern NAME =
            Pattern.compile("\\.?OQSsiquc01res_(\\d{4})(\\d{2})-([0-9a-f-]{36})_\\d{14}\\.xml(\\.draft)?");

    private final Path folder;
    private final Path place;
    private final ReceiptCharset charset;
    private final AtomicFile files;
    private final ErasedFiles erased;
    private State state = State.STARTING;
    private @Nullable Instant lastAt;
    private long written;
    private long removed;

    enum State {
        STARTING("It has not been looked at yet."),
        OK("Each change is there."),
        FOLDER_MISSING("The folder is not there: make it, or mount it, and files will come."),
        NOT_WRITABLE("Nothing can be written into the folder: look at its rights and at the space on its disk."),
        STORE_FULL("The disk of the edge is full: make space on it, and files will come."),
        HIDDEN("The clinic may not be seen on this device: its files were removed.");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    /// @param place a file of the edge that tells up to where it has dropped
    public DropFolder(Path folder, Path place, ReceiptCharset charset) {
        this(folder, place, charset, AtomicFile::onDisk);
    }

    DropFolder(Path folder, Path place, ReceiptCharset charset, AtomicFile files) {
        this.folder = folder;
        this.place = place;
        this.charset = charset;
        this.files = files;
        this.erased = new ErasedFiles(place.resolveSibling(place.getFileName() + "-erased"), files);
    }

    JsonObject status() {
        return new JsonObject()
                .put("state", state.name())
                .put("text", state.text)
                .put("charset", charset.webName())
                .put("lastAt", lastAt == null ? null : lastAt.toString())
                .put("written", written)
                .put("removed", removed)
                .put("erased", erased.json());
    }

    /// Brings the folder up to the snapshot; what fails is tried again at the next.
    void follow(Snapshot snapshot) {
        State before = state;
        if (!Files.isDirectory(folder)) {
            state = State.FOLDER_MISSING;
        } else {
            try {
                state = snapshot.hidden() ? hide() : snapshot.full() ? State.STORE_FULL : drop(snapshot);
            } catch (IOException e) {
                state = State.NOT_WRITABLE;
                if (before != state) {
                    LOG.atWarn()
                            .addKeyValue("failure", e.getClass().getSimpleName())
                            .log("the receipt folder cannot be written");
                }
            }
        }
        if (before != state) {
            LOG.atInfo().addKeyValue("state", state).log("receipt folder");
        }
    }

    private State hide() throws IOException {
        remove(_ -> true);
        Files.deleteIfExists(place);
        return State.HIDDEN;
    }

    private State drop(Snapshot snapshot) throws IOException {
        Set<TreatmentMonth> months = snapshot.book().months();
        erase(months);
        remove(Name::isDraft);
        Place known = readPlace();
        Cursor at = known != null && snapshot.continues(known.cursor()) && !isOlderMonthBack(months, known)
                ? known.cursor()
                : new Cursor(snapshot.feed(), 0);
        boolean more = true;
        while (more) {
            Snapshot.Page page = snapshot.after(at.seq(), PAGE_CHANGES);
            drop(page.changes());
            Place reached = new Place(page.next(), months);
            if (!reached.equals(known)) {
                files.write(place, reached.text().getBytes(StandardCharsets.US_ASCII));
                known = reached;
            }
            at = page.next();
            more = page.more();
        }
        return State.OK;
    }

    /// What lay there of these visits and was not fetched is out of date.
    private void drop(List<Snapshot.Change> changes) throws IOException {
        Map<String, String> names = new HashMap<>();
        for (Snapshot.Change change : changes) {
            ClaimVisit visit = change.visit();
            String name = visit == null ? "" : name(visit.month(), change);
            if (visit != null) {
                files.write(folder.resolve(name), ClaimXml.of(visit, charset).bytes());
                written++;
                lastAt = change.told().at();
            }
            names.put(change.id().toString(), name);
        }
        if (!names.isEmpty()) {
            remove(other -> names.containsKey(other.visit())
                    && !other.file().getFileName().toString().equals(names.get(other.visit())));
        }
    }

    private static String name(TreatmentMonth month, Snapshot.Change change) {
        VisitId id = change.id();
        return PREFIX + month.toString().replace("-", "") + "-" + id + "_"
                + ClaimXml.time(change.told().at()) + ".xml";
    }

    /// A month that was out of sight because of a clock: its files were removed, and come again.
    private static boolean isOlderMonthBack(Set<TreatmentMonth> months, Place known) {
        return months.stream()
                .anyMatch(month -> !known.months().contains(month)
                        && known.months().stream().anyMatch(each -> each.compareTo(month) > 0));
    }

    private void erase(Set<TreatmentMonth> months) throws IOException {
        Map<TreatmentMonth, Long> gone = remove(name -> !months.contains(name.month()));
        for (Map.Entry<TreatmentMonth, Long> each : gone.entrySet()) {
            erased.count(each.getKey(), each.getValue());
        }
        erased.keep();
    }

    private Map<TreatmentMonth, Long> remove(Predicate<Name> unwanted) throws IOException {
        List<Name> there;
        try (Stream<Path> all = Files.list(folder)) {
            there = all.flatMap(file -> Stream.ofNullable(Name.of(file)))
                    .filter(unwanted)
                    .toList();
        }
        Map<TreatmentMonth, Long> gone = new TreeMap<>();
        for (Name each : there) {
            if (Files.deleteIfExists(each.file())) {
                gone.merge(each.month(), 1L, Long::sum);
            }
        }
        if (!gone.isEmpty()) {
            long count = gone.values().stream().mapToLong(Long::longValue).sum();
            removed += count;
            LOG.atInfo().addKeyValue("files", count).log("receipt files removed");
        }
        return gone;
    }

    private @Nullable Place readPlace() throws IOException {
        return Files.exists(place) ? Place.parse(Files.readString(place)) : null;
    }

    private record Name(Path file, TreatmentMonth month, String visit, boolean isDraft) {
        static @Nullable Name of(Path file) {
            Matcher matcher = NAME.matcher(file.getFileName().toString());
            if (!matcher.matches()) {
                return null;
            }
            int month = Integer.parseInt(matcher.group(2));
            return month < 1 || month > 12
                    ? null
                    : new Name(
                            file,
                            TreatmentMonth.of(Integer.parseInt(matcher.group(1)), month),
                            matcher.group(3),
                            matcher.group(4) != null);
        }
    }

    /// Up to where the folder follows, and which months were in sight then.
    private record Place(Cursor cursor, Set<TreatmentMonth> months) {
        Place {
            months = new TreeSet<>(months);
        }

        String text() {
            return cursor + " " + months.stream().map(Object::toString).collect(Collectors.joining(",")) + "\n";
        }

        static @Nullable Place parse(String text) {
            String[] words = text.strip().split(" ", -1);
            Cursor cursor = Cursor.parse(words[0]);
            if (cursor == null || words.length != 2) {
                return null;
            }
            try {
                return new Place(
                        cursor,
                        Stream.of(words[1].split(","))
                                .filter(each -> !each.isEmpty())
                                .map(TreatmentMonth::parse)
                                .collect(Collectors.toSet()));
            } catch (DateTimeException _) {
                return null;
            }
        }
    }
}
