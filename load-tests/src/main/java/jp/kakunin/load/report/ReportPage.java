package jp.kakunin.load.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The report as one page that needs nothing else: no network, no fonts, no pictures. What it says in words stands in
/// the template; figures come as tables of text.
final class ReportPage {
    private static final String FOLDER = "jp/kakunin/load/report/";
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/";
    private static final PebbleEngine ENGINE = engine();

    private ReportPage() {}

    static String of(RunReport report) {
        var charts = new Charts(report);
        var values = new HashMap<String, Object>(Map.of(
                "report", report,
                "table", new Tables(report),
                "rates", charts.rates(),
                "latencies", charts.latencies(),
                "nines", charts.nines(),
                "fleet", charts.fleet()));
        values.put("style", resource(FOLDER + "report.css") + resource(UPLOT + "dist/uPlot.min.css"));
        values.put("script", resource(FOLDER + "report.js"));
        values.put("uplot", resource(UPLOT + "dist/uPlot.iife.min.js"));
        values.put("licence", resource(UPLOT + "LICENSE"));
        var html = new StringWriter();
        try {
            ENGINE.getTemplate("report").evaluate(html, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return html.toString();
    }

    private static PebbleEngine engine() {
        var loader = new ClasspathLoader(ReportPage.class.getClassLoader());
        loader.setPrefix(FOLDER);
        loader.setSuffix(".peb");
        return new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
