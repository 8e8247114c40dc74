package jp.kakunin.edge.cli;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Where the data is unless said otherwise: `$XDG_DATA_HOME/kakunin`, normally `~/.local/share/kakunin`.
final class DataDirectory implements IDefaultValueProvider {
    private final Map<String, String> environment;

    DataDirectory() {
        this(System.getenv());
    }

    DataDirectory(Map<String, String> environment) {
        this.environment = environment;
    }

    Path path() {
        String home = environment.get("XDG_DATA_HOME");
        return home == null || home.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".local", "share", "kakunin")
                : Path.of(home, "kakunin");
    }

    @Override
    @SuppressWarnings("NullAway") // Null says "no default" to picocli.
    public String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && "--data".equals(option.longestName())
                ? path().toString()
                : null;
    }
}
