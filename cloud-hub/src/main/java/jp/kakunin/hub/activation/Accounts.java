package jp.kakunin.hub.activation;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.PrivateFile;
import org.jspecify.annotations.Nullable;

/// The accounts on disk: `accounts/CODE.json`, one file each, because each changes by itself and as a whole. The caller
/// holds the setup lock to change one.
final class Accounts {
    private static final String END = ".json";
    private static final String NUMBER = "last-number";
    private static final int NUMBER_MAX = 9_999_999;
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;

    Accounts(Path folder) {
        this.folder = folder;
    }

    @Nullable
    Account find(InstitutionCode clinic) throws IOException {
        Path file = folder.resolve(clinic + END);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return account(new JsonObject(Files.readString(file)));
        } catch (DecodeException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new IOException(
                    file + " cannot be understood; put it back from a backup, or move it away and create the account"
                            + " again",
                    e);
        }
    }

    List<Account> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> codes;
        try (Stream<Path> files = Files.list(folder)) {
            codes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{10}" + END))
                    .map(name -> name.substring(0, name.length() - END.length()))
                    .sorted()
                    .toList();
        }
        List<Account> accounts = new ArrayList<>();
        for (String code : codes) {
            Account account = find(new InstitutionCode(code));
            if (account != null) {
                accounts.add(account);
            }
        }
        return accounts;
    }

    void write(Account account) throws IOException {
        PrivateFile.write(folder.resolve(account.clinic() + END), json(account).encodePrettily() + "\n");
    }

    /// W and seven digits, in order.
    String nextId() throws IOException {
        Path file = folder.resolve(NUMBER);
        int number = 1
                + (Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0);
        if (number > NUMBER_MAX) {
            throw new IOException("there are no account numbers left: " + NUMBER_MAX + " were given");
        }
        PrivateFile.write(file, number + "\n");
        return "W%07d".formatted(number);
    }

    private static JsonObject json(Account account) {
        Account.Code code = account.code();
        return new JsonObject()
                .put("clinic", account.clinic().digits())
                .put("id", account.id())
                .put("password", account.password().text())
                .put("locked", account.locked())
                .put("wrongTries", account.tries().wrong())
                .put("lockedUntil", account.tries().lockedUntil().toString())
                .put("code", code == null ? null : json(code));
    }

    private static JsonObject json(Account.Code code) {
        Account.Use use = code.use();
        return new JsonObject()
                .put("hash", code.hash().text())
                .put("until", code.until().toString())
                .put(
                        "clinics",
                        new JsonArray(code.clinics().stream()
                                .map(InstitutionCode::digits)
                                .toList()))
                .put(
                        "replaces",
                        code.replaces() == null ? null : code.replaces().toString())
                .put(
                        "use",
                        use == null
                                ? null
                                : new JsonObject()
                                        .put("device", use.device().toString())
                                        .put("key", HEX.formatHex(use.key().bytes()))
                                        .put("at", use.at().toString())
                                        .put("certificate", use.certificate())
                                        .put("terms", use.terms()));
    }

    private static Account account(JsonObject json) {
        JsonObject code = json.getJsonObject("code");
        return new Account(
                new InstitutionCode(json.getString("clinic")),
                json.getString("id"),
                new SlowHash(json.getString("password")),
                json.getBoolean("locked"),
                new Tries(json.getInteger("wrongTries"), Instant.parse(json.getString("lockedUntil"))),
                code == null ? null : code(code));
    }

    private static Account.Code code(JsonObject json) {
        var clinics = new TreeSet<InstitutionCode>();
        json.getJsonArray("clinics").forEach(each -> clinics.add(new InstitutionCode((String) each)));
        String replaces = json.getString("replaces");
        JsonObject use = json.getJsonObject("use");
        return new Account.Code(
                new SlowHash(json.getString("hash")),
                Instant.parse(json.getString("until")),
                clinics,
                replaces == null ? null : DeviceId.parse(replaces),
                use == null
                        ? null
                        : new Account.Use(
                                DeviceId.parse(use.getString("device")),
                                new Digest(HEX.parseHex(use.getString("key"))),
                                Instant.parse(use.getString("at")),
                                use.getString("certificate"),
                                use.getString("terms")));
    }
}
