package jp.kakunin.load;

import java.nio.file.Path;

/// The launcher of this installation, by which hub and edge are started as a person would start them.
public final class Launcher {
    private Launcher() {}

    public static Path path() throws UnavailableException {
        String home = System.getProperty("kakunin.home", "");
        if (home.isBlank()) {
            throw new UnavailableException("start this through ./kakunin: it starts hub and edge in the same way");
        }
        return Path.of(home, "kakunin");
    }
}
