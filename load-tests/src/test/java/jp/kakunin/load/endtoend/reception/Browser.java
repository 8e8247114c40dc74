package jp.kakunin.load.endtoend.reception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jp.kakunin.load.endtoend.Until;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/// A headless browser, handled like a person without a mouse: by keys, and by what is to be seen and heard.
final class Browser implements AutoCloseable {
    private static final Dimension SCREEN = new Dimension(1366, 900);
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser open(Path profile) {
        return open(profile, List.of());
    }

    /// As a person who compared the fingerprint and went on.
    static Browser openTrustingAnyCertificate(Path profile) {
        return open(profile, List.of("--ignore-certificate-errors"));
    }

    private static Browser open(Path profile, List<String> more) {
        // It would warn that it has no bindings for this browser's protocol; none are used here.
        SELENIUM.setLevel(Level.SEVERE);
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--lang=ja",
                "--accept-lang=ja",
                "--user-data-dir=" + profile);
        options.addArguments(more);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .withEnvironment(Map.of("LANGUAGE", "ja"))
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(SCREEN);
        return new Browser(driver);
    }

    void go(URI page) {
        driver.get(page.toString());
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    String source() {
        return String.valueOf(driver.getPageSource());
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void pressAlt(String key) {
        new Actions(driver).keyDown(Keys.ALT).sendKeys(key).keyUp(Keys.ALT).perform();
    }

    void pressShift(Keys key) {
        new Actions(driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
    }

    /// Presses Tab until the focus is where it should be.
    void tabTo(String selector) {
        for (int presses = 0; !focusIsOn(selector); presses++) {
            assertThat(presses)
                    .as("presses of Tab on the way to %s; now on %s", selector, focus())
                    .isLessThan(60);
            press(Keys.TAB);
        }
    }

    boolean focusIsOn(String selector) {
        return Boolean.TRUE.equals(script("return document.activeElement.matches(arguments[0])", selector));
    }

    /// The element with the focus, as its opening tag.
    String focus() {
        return String.valueOf(script("return document.activeElement.cloneNode(false).outerHTML"));
    }

    boolean shows(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    String text(String selector) {
        try {
            List<WebElement> found = driver.findElements(By.cssSelector(selector));
            return found.isEmpty() ? "" : found.getFirst().getText();
        } catch (StaleElementReferenceException _) {
            return ""; // just being redrawn
        }
    }

    /// What a screen reader would say from a region, even if it is not to be seen.
    String heard(String region) {
        return String.valueOf(script("return document.getElementById(arguments[0])?.textContent ?? ''", region));
    }

    void awaitText(String selector, String part) throws Exception {
        Until.value(selector, () -> text(selector), text -> text.contains(part), this::state);
    }

    void awaitShown(String selector) throws Exception {
        Until.value(selector, () -> shows(selector), Boolean::booleanValue, this::state);
    }

    void awaitFocus(String selector) throws Exception {
        Until.value(
                "focus on " + selector, () -> focusIsOn(selector) ? selector : focus(), selector::equals, this::state);
    }

    void awaitHeard(String region, String part) throws Exception {
        Until.value(region, () -> heard(region), text -> text.contains(part), this::state);
    }

    void awaitScript(String condition) throws Exception {
        Until.value(condition, () -> Boolean.TRUE.equals(script(condition)), Boolean::booleanValue, this::state);
    }

    Object script(String script, Object... arguments) {
        Object result = ((JavascriptExecutor) driver).executeScript(script, arguments);
        return result == null ? "" : result;
    }

    Map<String, Object> protocol(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    /// Keeps a picture for a person to look at, of the whole page.
    void picture(String name) throws IOException {
        Path picture = PICTURES.resolve(name + ".png");
        Files.createDirectories(picture.getParent());
        Number height = (Number) script("return document.documentElement.scrollHeight");
        driver.manage().window().setSize(new Dimension(SCREEN.width, Math.max(SCREEN.height, height.intValue() + 150)));
        Files.write(picture, driver.getScreenshotAs(OutputType.BYTES));
        driver.manage().window().setSize(SCREEN);
    }

    @Override
    public void close() {
        driver.quit();
    }

    private String state() {
        return "at " + address() + "\n" + text("body");
    }
}
