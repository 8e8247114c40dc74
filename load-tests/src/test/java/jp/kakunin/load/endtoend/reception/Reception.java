package jp.kakunin.load.endtoend.reception;

import java.nio.file.Files;
import java.nio.file.Path;
import jp.kakunin.load.endtoend.Until;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.Keys;

/// Gives the tests of a class one running `up` and one browser.
final class Reception implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace MINE = ExtensionContext.Namespace.create(Reception.class);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Path folder = Files.createTempDirectory("kakunin-reception");
        var store = context.getStore(MINE);
        store.put(Path.class, folder);
        store.put(RunningUp.class, RunningUp.start(folder.resolve("data")));
        store.put(Browser.class, Browser.open(folder.resolve("browser")));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        var store = context.getStore(MINE);
        if (store.remove(Browser.class) instanceof Browser browser) {
            browser.close();
        }
        if (store.remove(RunningUp.class) instanceof RunningUp up) {
            up.close();
        }
    }

    /// The patient leaves, and the receptionist is ready for the next one.
    static void clear(RunningUp up, Browser browser) throws Exception {
        up.takeAway();
        browser.go(up.desk().resolve("/?lang=ja"));
        browser.awaitText("#status", "使えます");
        if (browser.shows("form[action='/next'] button")) {
            browser.tabTo("form[action='/next'] button");
            browser.press(Keys.ENTER);
            Until.until("next patient", () -> !browser.shows("form[action='/next']"));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> wanted = parameter.getParameter().getType();
        return wanted == RunningUp.class || wanted == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Object found = context.getStore(MINE).get(parameter.getParameter().getType());
        if (found == null) {
            throw new IllegalStateException("nothing is running");
        }
        return found;
    }
}
