package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hub device`
@Command(
        name = "device",
        mixinStandardHelpOptions = true,
        description = "The enrolled devices. Works whether the hub runs or not; changes count at the next request.")
final class DeviceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name what to do: list or revoke");
    }

    static DeviceId device(String text) {
        try {
            return DeviceId.parse(text);
        } catch (IllegalArgumentException _) {
            throw new CommandException(
                    ExitCode.USAGE, "'" + text + "' is no device id; `hub device list` tells the devices");
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the devices.")
    int list(@Mixin DataOption data, @Option(names = "--json", description = "Print JSON.") boolean json)
            throws IOException {
        var rows = new JsonArray();
        for (EnrolledDevice each :
                new DeviceRegister(data.folder().devices()).read().values()) {
            rows.add(new JsonObject()
                    .put("device", each.id().toString())
                    .put("name", each.name())
                    .put("state", each.state().name())
                    .put("enrolled", each.enrolled().toString())
                    .put("certificateUntil", each.until().toString())
                    .put(
                            "clinics",
                            new TreeSet<>(each.clinics())
                                    .stream().map(InstitutionCode::digits).collect(Collectors.joining(" "))));
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new JsonObject().put("devices", rows).encodePrettily());
        } else {
            Listing.print(
                    spec.commandLine().getOut(),
                    rows,
                    List.of("device", "name", "state", "enrolled", "certificateUntil", "clinics"));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = {
                "The device sees nothing from its next request on. What it captured before is taken into quarantine;",
                "of a stolen one nothing is believed."
            })
    int revoke(
            @Mixin DataOption data,
            @Parameters(paramLabel = "DEVICE", description = "Device id.") String id,
            @Option(names = "--stolen", description = "The device was stolen.") boolean stolen)
            throws IOException {
        DeviceId device = device(id);
        try (var _ = FolderLock.take(data.folder().setupLock())) {
            var register = new DeviceRegister(data.folder().devices());
            Map<DeviceId, EnrolledDevice> devices = register.read();
            EnrolledDevice known = devices.get(device);
            if (known == null) {
                throw new CommandException(
                        ExitCode.UNKNOWN, "no device " + device + "; `hub device list` tells the devices");
            }
            devices.put(device, stolen ? known.as(EnrolledDevice.State.STOLEN) : known.revoked());
            register.write(devices);
        }
        return ExitCode.OK;
    }
}
