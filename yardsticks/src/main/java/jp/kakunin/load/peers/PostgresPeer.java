package jp.kakunin.load.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.kakunin.domain.FactId;
import jp.kakunin.load.replay.Parcel.Made;
import org.jspecify.annotations.Nullable;

/// PostgreSQL of the distribution, synced at each commit. One statement per push, in the form that is fastest there:
/// arrays unnested into a table with a unique key.
final class PostgresPeer implements Peer {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final String MEMORY = "256MB";
    private static final int CONNECTIONS_MAX = 200;
    private static final int ROWS_AT_ONCE = 10_000;
    private static final String INSERT = "insert into fact (id, fact, attachment)"
            + " select * from unnest(?::uuid[], ?::bytea[], ?::bytea[]) on conflict (id) do nothing";

    private final Path folder;
    private final Path data;
    private final Path programs;
    private final int port;
    private @Nullable Server server;

    PostgresPeer(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.data = folder.resolve("data");
        this.programs = programs().orElseThrow();
        this.port = Server.freePort();
    }

    /// Debian keeps the server's programs apart from the clients', by version.
    static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    @Override
    public void start() throws Exception {
        boolean fresh = !Files.exists(data);
        if (fresh) {
            initialise();
        }
        Server started = Server.start(
                "postgres",
                folder,
                asItsUser(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port),
                        "-k",
                        "",
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "max_connections=" + CONNECTIONS_MAX,
                        "-c",
                        "shared_buffers=" + MEMORY,
                        "-c",
                        "fsync=on",
                        "-c",
                        "synchronous_commit=on"));
        server = started;
        started.await(this::isReady);
        if (fresh) {
            try (Connection connection = open();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table fact (id uuid primary key, fact bytea not null, attachment bytea)");
            }
        }
    }

    @Override
    public Nature nature() throws SQLException {
        try (Connection connection = open()) {
            String fsync = shown(connection, "fsync");
            String commit = shown(connection, "synchronous_commit");
            return new Nature(
                    "PostgreSQL " + shown(connection, "server_version").split(" ")[0],
                    fsync.equals("on") && commit.equals("on"),
                    "SHOW: fsync " + fsync + ", synchronous_commit " + commit + ", "
                            + shown(connection, "wal_sync_method"),
                    true,
                    "unique key, for ever",
                    false);
        }
    }

    @Override
    public Client connect(int number) throws SQLException {
        Connection connection = open();
        PreparedStatement insert = connection.prepareStatement(INSERT);
        return new Client() {
            @Override
            public void push(List<Made> facts) throws SQLException {
                insert.setArray(
                        1,
                        connection.createArrayOf(
                                "uuid",
                                facts.stream().map(made -> made.id().value()).toArray()));
                insert.setArray(
                        2,
                        connection.createArrayOf(
                                "bytea", facts.stream().map(Made::fact).toArray(byte[][]::new)));
                insert.setArray(
                        3,
                        connection.createArrayOf(
                                "bytea", facts.stream().map(Made::attachment).toArray(byte[][]::new)));
                insert.executeUpdate();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    @Override
    public void read(Consumer<FactId> visitor) throws SQLException {
        try (Connection connection = open()) {
            connection.setAutoCommit(false); // else the driver takes all rows at once
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_AT_ONCE);
                ResultSet rows = statement.executeQuery("select id from fact");
                while (rows.next()) {
                    visitor.accept(new FactId(rows.getObject(1, UUID.class)));
                }
            }
        }
    }

    @Override
    public long cpuNanos() {
        return server == null ? 0 : server.cpuNanos();
    }

    @Override
    public void kill() {
        if (server != null) {
            server.kill();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private void initialise() throws IOException, InterruptedException {
        Files.createDirectory(data);
        if (isRoot()) {
            var user = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
            Files.setOwner(data, user);
            // It must reach its folder through ours.
            for (Path above : List.of(folder, folder.resolve("..").normalize())) {
                Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
            }
        }
        Process process = new ProcessBuilder(asItsUser(
                        "initdb", "-D", data.toString(), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("initdb: " + said);
        }
    }

    /// It refuses to run as root.
    private List<String> asItsUser(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("/usr/bin/setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private boolean isReady() {
        try (Connection connection = open()) {
            return connection.isValid(1);
        } catch (SQLException _) {
            return false; // not listening yet, or replaying its log
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER
                + "&prepareThreshold=1&binaryTransfer=true&sslmode=disable");
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
