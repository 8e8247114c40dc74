package jp.kakunin.hub.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.erasure.Receipts;
import jp.kakunin.hub.pki.HubKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hub erasures`
@Command(
        name = "erasures",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the receipts of the months that were forgotten and verifies each:",
            "the hub's signature, and that none before it was changed or taken away.",
            "Works whether the hub runs or not. Exit code 1 if a receipt does not verify."
        })
final class ErasuresCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "Print JSON, with the counts by final standing.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        HubFolder folder = data.folder();
        if (!Files.isDirectory(folder.keys())) {
            throw new CommandException(
                    ExitCode.FAILED, "there is no hub in " + data.path() + "; name its data directory with --data");
        }
        JsonArray receipts = new Receipts(folder.receipts()).verified(HubKeys.receiptKey(folder.keys()));
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(new JsonObject().put("erasures", receipts).encodePrettily());
        } else {
            Listing.print(
                    spec.commandLine().getOut(),
                    receipts,
                    List.of("month", "verified", "keyDestroyed", "clinics", "facts", "standings"));
        }
        boolean allVerified =
                receipts.stream().map(JsonObject.class::cast).allMatch(receipt -> receipt.getBoolean("verified"));
        if (!allVerified) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "a receipt does not verify: " + folder.receipts()
                            + " was changed, or was written by another hub; keep the file and find out who had access");
        }
        return ExitCode.OK;
    }
}
