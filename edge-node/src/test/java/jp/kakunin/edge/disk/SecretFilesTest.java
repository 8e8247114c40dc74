package jp.kakunin.edge.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    private static final String SECRET = "the wrap of all month keys";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("keys").resolve("wrap-1");
    }

    @Test
    void where_the_system_keeps_a_key_the_file_alone_says_nothing() throws IOException {
        SecretFiles secrets = SecretFiles.under(new MemoryOsKey());
        secrets.write(file, SECRET);
        assertThat(secrets.readText(file)).isEqualTo(SECRET);
        assertThat(Files.readAllBytes(file)).asString().doesNotContain("wrap").contains("kakunin os key 1");
        assertThatThrownBy(() -> SecretFiles.under(new MemoryOsKey()).read(file))
                .isInstanceOf(ProtectionException.class);
        assertThatThrownBy(() -> SecretFiles.of("Linux").read(file))
                .isInstanceOf(ProtectionException.class)
                .hasMessageContaining("another account or PC");
    }

    @Test
    void where_it_keeps_none_the_rights_of_the_file_protect_it() throws IOException {
        SecretFiles secrets = SecretFiles.of("Linux");
        secrets.write(file, SECRET);
        assertThat(Files.readString(file)).isEqualTo(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
    }

    /// An identity folder that the operator made and carried here.
    @Test
    void what_was_made_elsewhere_is_read_as_it_is() throws IOException {
        PrivateFile.write(file, SECRET);
        assertThat(SecretFiles.under(new MemoryOsKey()).readText(file)).isEqualTo(SECRET);
    }

    @Test
    void the_system_decides() {
        assertThat(SecretFiles.of("Windows 11").isProtecting()).isTrue();
        assertThat(SecretFiles.of("Linux").isProtecting()).isFalse();
        assertThat(SecretFiles.of("Mac OS X").isProtecting()).isFalse();
    }

    @Test
    void an_access_list_lets_in_the_owner_alone() {
        UserPrincipal owner = () -> "NT SERVICE\\kakunin-edge";
        assertThat(PrivateFile.ownerOnly(owner, false)).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
            assertThat(entry.principal()).isEqualTo(owner);
            assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
            assertThat(entry.flags()).isEmpty();
        });
        assertThat(PrivateFile.ownerOnly(owner, true))
                .singleElement()
                .satisfies(entry -> assertThat(entry.flags())
                        .containsExactlyInAnyOrder(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT));
    }

    @Test
    void what_is_destroyed_is_overwritten_before_its_name_goes() throws IOException {
        PrivateFile.write(file, SECRET);
        Path link = Files.createLink(folder.resolve("the-same-bytes"), file);
        PrivateFile.destroy(file);
        assertThat(file).doesNotExist();
        assertThat(Files.readAllBytes(link)).hasSize(SECRET.length()).containsOnly(0);
    }
}
