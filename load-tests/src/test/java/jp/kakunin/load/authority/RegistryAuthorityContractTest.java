package jp.kakunin.load.authority;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.Registry;
import jp.kakunin.hub.authority.RegistryAuthority;

final class RegistryAuthorityContractTest extends AuthorityContract {
    @Override
    Authority open(Path registry, Path folder, InstantSource clock) throws IOException {
        return new RegistryAuthority(Registry.open(registry, folder.resolve("store")), People.SEAL.getPrivate(), clock);
    }
}
