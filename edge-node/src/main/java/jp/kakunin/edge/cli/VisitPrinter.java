package jp.kakunin.edge.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/// Prints one visit, for programs or for people.
final class VisitPrinter {
    private VisitPrinter() {}

    static void print(CommandSpec spec, JsonObject visit, boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(visit.encodePrettily());
        } else {
            out.println(
                    visit.getString("standing") + "  " + visit.getString("kind") + "  due " + visit.getString("due"));
            out.println("visit: " + visit.getString("visit"));
            out.println("patient: " + visit.getString("patient"));
            out.println(visit.getString("nextStep"));
        }
        out.flush();
    }
}
