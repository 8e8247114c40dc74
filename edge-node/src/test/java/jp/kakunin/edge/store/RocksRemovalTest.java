package jp.kakunin.edge.store;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.keys.VaultException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksRemovalTest extends RemovalContract {
    private static final int FACTS = 50;

    @TempDir
    private Path directory;

    private final TestKeys vault = new TestKeys();
    private @Nullable CrashedCopies copies;

    @Override
    FactStore openAgain() {
        return RocksFactStore.open(image(), vault.open(), Durability.SYNC);
    }

    /// The files as they lie now.
    private Path image() {
        if (copies == null) {
            copies = new CrashedCopies(directory);
        }
        return copies.next();
    }

    @Test
    void no_byte_left_on_the_disk_or_in_a_copy_tells_of_a_clinic_that_is_gone() throws IOException {
        fill(CLINIC, 0);
        fill(OTHER_CLINIC, FACTS);
        Path image = image();
        assertThat(factsIn(vault, image, CLINIC)).isEqualTo(FACTS);

        acknowledge(FACTS);
        store.remove(CLINIC);

        assertThat(factsIn(vault, image, CLINIC)).isZero();
        assertThat(factsIn(vault, image(), CLINIC)).isZero();
        assertThat(factsIn(vault, image, OTHER_CLINIC)).isEqualTo(FACTS);
    }

    /// The same look finds everything where removal is switched off.
    @Test
    void the_look_finds_what_there_is_while_nothing_is_removed() throws IOException {
        fill(CLINIC, 0);
        acknowledge(FACTS);
        assertThat(factsIn(vault, image(), CLINIC)).isEqualTo(FACTS);
    }

    /// While something is still to be sent the clinic's key must stay; what went is out of the files all the same.
    @Test
    void of_what_the_hub_has_the_files_tell_nothing_while_the_rest_is_still_to_be_sent() throws IOException {
        fill(CLINIC, 0);
        acknowledge(FACTS - 1);
        assertThat(factsIn(vault, image(), CLINIC)).isEqualTo(FACTS);

        store = openAgain();
        store.remove(CLINIC);

        assertThat(factsIn(vault, image(), CLINIC)).isEqualTo(1);
    }

    /// Cut off before the key went: it goes at the next start, though no row is left to find.
    @Test
    void a_removal_that_was_cut_off_is_finished_at_the_next_start() throws IOException {
        fill(CLINIC, 0);
        acknowledge(FACTS);
        Path image = image();
        vault.failNextDestroy();
        assertThatThrownBy(() -> store.remove(CLINIC)).isInstanceOf(VaultException.class);
        assertThat(factsIn(vault, image, CLINIC)).isEqualTo(FACTS);

        store = openAgain();
        assertThat(store.remove(CLINIC)).isTrue();

        assertThat(factsIn(vault, image, CLINIC)).isZero();
    }

    private void fill(InstitutionCode clinic, int from) {
        store.record(IntStream.range(from, from + FACTS)
                .mapToObj(n -> Facts.withCard(check(envelope(n, clinic, NOVEMBER, false), n, VisitKind.INITIAL, true)))
                .toList());
    }

    /// What the salvage finds in the files one by one, deleted rows and all.
    private static long factsIn(TestKeys vault, Path image, InstitutionCode clinic) throws IOException {
        List<InstitutionCode> found = new CountingRows().of(image, vault.open());
        return found.stream().filter(clinic::equals).count();
    }
}
