package jp.kakunin.load.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kakunin.load.chaos.Folders;
import jp.kakunin.load.up.LocalApi.RefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An edge whose disk is full: a small file system of its own, in a mount namespace of its own.
class FullDiskIT {
    private static final String DISK = "24m";
    private static final int CHUNK_BYTES = 4_096;
    private static final int RECORDED_ON_RESERVE_MAX = 500;

    @TempDir
    Path folder;

    private Process keeper;
    private EdgeNode edge;
    private Path disk;
    private Path shim;

    @BeforeEach
    void mount() throws Exception {
        shim = Programs.shim("nospaceahead", folder);
        Path site = folder.resolve("site");
        new HubNode(folder.resolve("hub")).enrol(site, Network.CLINIC);
        edge = EdgeNode.on(site);
        Path spare = folder.resolve("spare");
        Folders.copy(edge.folder(), spare);
        // The keeper holds the file system while edges come and go in it.
        boolean root = Programs.run(List.of("id", "-u")).strip().equals("0");
        String script = "mount -t tmpfs -o size=" + DISK + " kakunin '" + edge.folder() + "' && cp -a '" + spare
                + "/.' '" + edge.folder() + "' && touch '" + folder.resolve("mounted") + "' && exec sleep 600";
        keeper = new ProcessBuilder("unshare", root ? "-m" : "-rm", "sh", "-c", script)
                .inheritIO()
                .start();
        Until.until("the disk is mounted", () -> {
            assertThat(keeper.isAlive()).as("unshare and mount work").isTrue();
            return Files.exists(folder.resolve("mounted"));
        });
        disk = Path.of("/proc", String.valueOf(keeper.pid()), "root" + edge.folder());
    }

    @AfterEach
    void unmount() throws InterruptedException {
        edge.close();
        keeper.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Test
    void a_full_disk_refuses_the_next_check_in_clear_words_and_loses_nothing() throws Exception {
        startEdge();
        List<String> recorded = new ArrayList<>(List.of(edge.defer("With space")));
        fill();

        RefusedException refused = recordUntilRefused(recorded);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused).hasMessageContaining("Not recorded: the disk is full.");
        assertThat(refused).hasMessageContaining("on paper");
        assertThat(refused).hasMessageContaining("Nothing recorded before is lost.");
        assertThat(edge.visitIds()).containsExactlyInAnyOrderElementsOf(recorded);
        assertThat(edge.status().getString("store")).isEqualTo("FULL");

        edge.kill();
        startEdge();
        assertThat(edge.visitIds()).containsExactlyInAnyOrderElementsOf(recorded);

        Files.delete(disk.resolve("filler"));
        recorded.add(edge.defer("With space again"));
        edge.kill();
        startEdge();
        assertThat(edge.visitIds()).containsExactlyInAnyOrderElementsOf(recorded);
        Until.until("healthy", () -> edge.status().getString("store").equals("HEALTHY"));
    }

    private void startEdge() throws Exception {
        var inside = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(keeper.pid()), "-m"));
        if (!Programs.run(List.of("id", "-u")).strip().equals("0")) {
            inside.addAll(List.of("-U", "--preserve-credentials"));
        }
        inside.addAll(List.of("env", "LD_PRELOAD=" + shim));
        edge.start(inside, List.of());
    }

    private RefusedException recordUntilRefused(List<String> recorded) throws IOException, InterruptedException {
        while (recorded.size() < RECORDED_ON_RESERVE_MAX) {
            try {
                recorded.add(edge.deferInEnglish("On the reserve " + recorded.size()));
            } catch (RefusedException e) {
                return e;
            }
        }
        throw new AssertionError("a full disk never refused");
    }

    private void fill() throws IOException {
        IOException full = catchThrowableOfType(IOException.class, () -> {
            try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
                while (true) {
                    out.write(new byte[CHUNK_BYTES]);
                }
            }
        });
        assertThat(full).hasMessageContaining("No space left on device");
    }
}
