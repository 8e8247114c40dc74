package jp.kakunin.load.card;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.kakunin.edge.reader.CardPort;
import jp.kakunin.edge.reader.CardTrouble;
import jp.kakunin.edge.reader.PcscPort;

/// A pcscd of our own with one virtual reader of two slots. While it runs, the vpcd driver listens on all network
/// interfaces: not for a machine in a clinic.
public final class PcscdProcess implements AutoCloseable {
    static final Path BINARY = Path.of("/usr/sbin/pcscd");
    static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");

    private static final Path RUN_FOLDER = Path.of("/run/pcscd");
    private static final String FRIENDLY_NAME = "Virtual PCD";
    /// It takes a quarter of a second; on a machine that is busy with tests it once took more than five.
    private static final long READY_MILLIS_MAX = 30_000;
    private static final long READY_POLL_MILLIS = 20;
    private static final long STOP_MILLIS_MAX = 3_000;

    private final Process process;

    private PcscdProcess(Process process) {
        this.process = process;
    }

    /// Starts the daemon and waits until its readers can be listed. There can be only one on a machine.
    ///
    /// @param withReader false for a daemon without any reader
    public static PcscdProcess start(Path folder, boolean withReader) throws IOException {
        Path config = Files.createDirectories(folder.resolve(withReader ? "reader.conf.d" : "no-reader.conf.d"));
        if (withReader) {
            Files.writeString(config.resolve("vpcd"), """
                    FRIENDLYNAME "%s"
                    DEVICENAME /dev/null:0x%X
                    LIBPATH %s
                    CHANNELID 0x%X
                    """.formatted(
                            FRIENDLY_NAME, VpcdLink.FIRST_PORT, DRIVER, VpcdLink.FIRST_PORT));
        }
        if (ready(false)) {
            throw new IOException("another pcscd is running");
        }
        Files.createDirectories(RUN_FOLDER);
        // Never --apdu: it would write PINs to the log.
        Process process = new ProcessBuilder(
                        BINARY.toString(), "--foreground", "--error", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("pcscd.log").toFile()))
                .start();
        PcscdProcess started = new PcscdProcess(process);
        try {
            started.awaitReady(withReader);
        } catch (IOException e) {
            started.close();
            throw e;
        }
        return started;
    }

    static boolean isVirtual(String reader) {
        return reader.startsWith(FRIENDLY_NAME);
    }

    /// The driver gives slot n of its reader the n-th port; the slot is the last number of the reader's name.
    static int portOf(String reader) {
        return VpcdLink.FIRST_PORT + Integer.parseInt(reader.substring(reader.length() - 2), 16);
    }

    public String reader(int slot) {
        return FRIENDLY_NAME + " 00 0" + slot;
    }

    public int port(int slot) {
        return VpcdLink.FIRST_PORT + slot;
    }

    /// Whether it says, to whoever asks anew, that a card lies there.
    public boolean sees(int slot) {
        try (CardPort.Session session = new PcscPort().open()) {
            return session.slots().stream().anyMatch(each -> each.reader().equals(reader(slot)) && each.cardPresent());
        } catch (CardTrouble _) {
            return false;
        }
    }

    public long pid() {
        return process.pid();
    }

    /// Ends the daemon without a chance to clean up.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            kill();
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(STOP_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitReady(boolean withReader) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MILLIS_MAX);
        while (!ready(withReader)) {
            if (!process.isAlive()) {
                throw new IOException("it ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("no answer within " + READY_MILLIS_MAX + " ms");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(READY_POLL_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        }
    }

    private static boolean ready(boolean withReader) {
        try (CardPort.Session session = new PcscPort().open()) {
            List<CardPort.Slot> slots = session.slots();
            return !withReader || slots.stream().anyMatch(slot -> isVirtual(slot.reader()));
        } catch (CardTrouble _) {
            return false;
        }
    }
}
