package jp.kakunin.edge.activation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityException;
import jp.kakunin.edge.identity.IdentityFiles;
import jp.kakunin.exchange.HubCheck;

/// Makes this device one of a clinic: first asks the hub who it is, then shows it what stands on the sheet. Blocks.
public final class Activator {
    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Former former;
    private final HubOffice office = new HubOffice();

    /// Who could use the device before.
    public interface Former {
        void forget() throws IOException;
    }

    /// @param folder of the identity
    /// @param former forgotten before another identity is in force: a power cut in between must not leave to them
    /// what is another clinic's
    public Activator(Path folder, InstantSource clock, SecureRandom random, Former former) {
        this.folder = folder;
        this.clock = clock;
        this.random = random;
        this.former = former;
    }

    public Offer offer(URI hub, HubCheck check) throws TroubleException {
        return office.offer(hub, check);
    }

    /// The terms of the offer were accepted. May be called again after any trouble: the hub then sees the same key.
    public void activate(Offer offer, Sheet sheet) throws TroubleException {
        DeviceKeys keys;
        try {
            keys = DeviceKeys.next(folder, random);
        } catch (IOException e) {
            throw new TroubleException(Trouble.IDENTITY_NOT_WRITTEN, e);
        }
        JsonObject answer = office.activate(offer, sheet, keys.signingRequest());
        try {
            var files = new IdentityFiles(folder);
            var fields = fields(answer, offer);
            former.forget();
            files.write(fields, keys.privatePem(), answer.getString("certificate"), offer.authorities());
            EdgeIdentity.read(folder);
            DeviceKeys.forget(folder);
        } catch (IOException | IdentityException | ClassCastException | NullPointerException e) {
            throw new TroubleException(Trouble.IDENTITY_NOT_WRITTEN, e);
        }
    }

    private IdentityFiles.Fields fields(JsonObject answer, Offer offer) {
        var fields = new IdentityFiles.Fields();
        fields.put("device", answer.getString("device"));
        fields.put("hub", answer.getString("hub"));
        fields.put("authority.key", answer.getString("evidenceKey"));
        fields.put("terms", offer.termsVersion());
        fields.put("terms.accepted", clock.instant().toString());
        var codes = new StringBuilder();
        JsonArray clinics = answer.getJsonArray("clinics");
        for (int i = 0; i < clinics.size(); i++) {
            JsonObject clinic = clinics.getJsonObject(i);
            String code = clinic.getString("code");
            codes.append(i == 0 ? "" : ",").append(code);
            fields.put("clinic." + code + ".name", clinic.getString("name"));
            fields.put("clinic." + code + ".key", clinic.getString("patientKey"));
        }
        fields.put("clinics", codes.toString());
        return fields;
    }
}
