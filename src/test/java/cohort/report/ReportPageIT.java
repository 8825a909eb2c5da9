package cohort.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page as a reader has it: opened from a file in Chromium. Its pictures are left in target/screenshots. */
@Tag("cluster")
class ReportPageIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final Pattern REQUESTED = Pattern.compile("\"request\":\\{.*?\"url\":\"([^\"]*)");
    // Selenium warns that it knows no newer Chromium; what is used here does not depend on it.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static final ReportPage PAGE = DemoPage.of(1000);

    @TempDir
    private static Path temporary;

    private static ChromeDriver browser;
    private static String address;

    @BeforeAll
    static void openTheBrowser() throws IOException {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "needs a browser: apt-get install chromium chromium-driver");
        Path file = Files.createDirectories(SCREENSHOTS).resolve("report.html");
        Files.writeString(file, PAGE.html());
        address = file.toUri().toString();

        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(CHROMIUM.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--user-data-dir=" + temporary.resolve("profile"));
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.setExperimentalOption("perfLoggingPrefs", Map.of("enableNetwork", true, "enablePage", false));
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void openThePage() {
        look("screen", "light", 1280);
        browser.get(address);
    }

    private static void look(String media, String scheme, int width) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    private static Map<String, Object> command(String name, Map<String, Object> parameters) {
        return browser.executeCdpCommand(name, parameters);
    }

    private static Object run(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    private static WebElement header(String column) {
        return browser.findElement(By.xpath("//section[@id='runs']//th/button[text()='" + column + "']"));
    }

    /** Clicks and waits until the rows are in order; sorting starts a moment after the click. */
    private static void sortBy(String column) {
        run("window.sorted = false; document.addEventListener('sort-end', () => { window.sorted = true })");
        header(column).click();
        await("return window.sorted");
    }

    private static void await(String condition) {
        new WebDriverWait(browser, Duration.ofSeconds(5), Duration.ofMillis(20)).until(any -> (Boolean) run(condition));
    }

    @SuppressWarnings("unchecked")
    private static List<String> column(int index) {
        return (List<String>) run(
                "return [...document.querySelector('#runs table').tBodies[0].rows].map(row => row.cells[arguments[0]].textContent)",
                index);
    }

    private static List<Double> numbers(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.equals("–"))
                .map(text -> Double.valueOf(text.replace(",", "")))
                .toList();
    }

    @Test
    void asksTheNetworkForNothingAndReportsNoError() {
        browser.manage().logs().get(LogType.PERFORMANCE);
        browser.manage().logs().get(LogType.BROWSER);
        browser.get(address);
        sortBy("loss");

        List<String> requests = browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(REQUESTED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
        assertThat(requests).contains(address);
        assertThat(requests).allMatch(url -> url.equals(address) || url.startsWith("data:image/"));
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void theSecurityPolicyStopsWhatIsNotOurs() {
        run(
                "const made = document.createElement('script'); made.textContent = 'window.owned = true'; document.body.append(made);"
                        + "return new Promise(refused => {const image = new Image(); image.onerror = () => refused(true);"
                        + "image.src = 'http://127.0.0.1:9/'; document.body.append(image)})");

        assertThat(run("return window.owned")).isNull();
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .extracting(LogEntry::getMessage)
                .anyMatch(message -> message.contains("script-src"))
                .anyMatch(message -> message.contains("img-src"));
    }

    @Test
    void markupInARunsNameIsText() {
        assertThat(browser.getTitle()).isEqualTo("perceptual-decision, 1000 runs");
        assertThat(column(0).get(3)).isEqualTo(DemoPage.RUN_WITH_MARKUP);
    }

    @Test
    void aClickSortsNumbersByValueASecondOneReversesAndMissingValuesStayLast() {
        sortBy("learning rate");
        assertThat(numbers(column(3))).hasSize(1000).isSorted();

        sortBy("trials");
        assertThat(numbers(column(9))).hasSize(1000).isSorted();
        sortBy("trials");
        assertThat(numbers(column(9))).hasSize(1000).isSortedAccordingTo(Collections.reverseOrder());

        for (int click = 0; click < 2; click++) {
            sortBy("accuracy");
            assertThat(column(6).subList(993, 1000)).containsOnly("–");
            assertThat(column(6).subList(0, 993)).doesNotContain("–");
        }
        assertThat(numbers(column(6))).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Test
    void theKeyboardSortsAndTheOrderIsTold() {
        run("window.sorted = false; document.addEventListener('sort-end', () => { window.sorted = true })");
        header("time").sendKeys(Keys.ENTER);
        await("return window.sorted");

        assertThat(numbers(column(10))).isSorted();
        assertThat(header("time").findElement(By.xpath("..")).getAttribute("aria-sort"))
                .isEqualTo("ascending");
    }

    @Test
    void theFilterKeepsRowsWithAllWordsAndSortingKeepsTheFilter() {
        WebElement field = browser.findElement(By.cssSelector("#runs input"));
        field.sendKeys("DIVERGED 3.1e+17");
        sortBy("run");

        assertThat(
                        run(
                                "return [...document.querySelectorAll('#runs tbody tr')].filter(row => row.offsetHeight).length"))
                .isEqualTo(7L);
        assertThat(browser.findElement(By.cssSelector("#runs output")).getText())
                .isEqualTo("7 of 1000");
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 400", "dark, 400"})
    void nothingIsWiderThanTheScreen(String scheme, int width) throws IOException {
        look("screen", scheme, width);
        save(
                "report-" + scheme + "-" + width + ".png",
                "Page.captureScreenshot",
                Map.of("captureBeyondViewport", true));

        assertThat(run("return document.documentElement.scrollWidth")).isEqualTo((long) width);
        assertThat(run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(scheme.equals("light") ? "rgb(255, 255, 255)" : "rgb(21, 24, 29)");
    }

    @ParameterizedTest
    @CsvSource({"light, ffffffff", "dark, ff15181d"})
    void figuresHaveThePapersColour(String scheme, String paper) throws IOException {
        look("screen", scheme, 1280);
        for (String section : List.of("accuracy", "activity")) {
            List<?> corner = (List<?>) run(
                    "const image = document.querySelector(arguments[0]); image.scrollIntoView();"
                            + "const box = image.getBoundingClientRect(); return [Math.ceil(box.x) + 2, Math.ceil(box.y) + 2]",
                    "#" + section + " figure img");
            byte[] screen = Base64.getDecoder()
                    .decode((String) command("Page.captureScreenshot", Map.of()).get("data"));

            int color = ImageIO.read(new ByteArrayInputStream(screen))
                    .getRGB(((Number) corner.get(0)).intValue(), ((Number) corner.get(1)).intValue());

            assertThat(Integer.toHexString(color)).as(section).isEqualTo(paper);
        }
    }

    @Test
    void onPaperEverythingIsShownAndFits() throws IOException {
        look("print", "dark", 703); // A4 between its margins
        assertThat(run("return document.documentElement.scrollWidth")).isEqualTo(703L);
        assertThat(run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(run(
                        "return [...document.querySelectorAll('.box, pre')].every(box => box.scrollHeight <= box.clientHeight"
                                + " && box.scrollWidth <= box.clientWidth)"))
                .isEqualTo(true);

        look("", "light", 1280);
        run(
                "addEventListener('beforeprint', () => { window.folded = document.querySelectorAll('details:not([open])').length })");
        save("report.pdf", "Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69));
        assertThat(run("return window.folded")).isEqualTo(0L);
        assertThat(run("return document.querySelectorAll('details[open]').length"))
                .isEqualTo(0L);
    }

    private static void save(String name, String command, Map<String, Object> parameters) throws IOException {
        String data = (String) command(command, parameters).get("data");
        Files.write(SCREENSHOTS.resolve(name), Base64.getDecoder().decode(data));
    }

    @Test
    void aCommandIsCopiedAlsoWithoutTheClipboardsInterface() {
        run("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        WebElement copy = browser.findElement(By.cssSelector("#again .listing button"));
        copy.click();
        await("return document.querySelector('#again .listing button').textContent === 'Copied'");

        WebElement field = browser.findElement(By.cssSelector("#runs input"));
        field.sendKeys(Keys.chord(Keys.CONTROL, "v"));
        assertThat(field.getDomProperty("value")).startsWith("submit/local sweep conf/sweep.conf --set seed=1");
    }

    @Test
    void aFigureIsSavedAsItIsEmbeddedAndAsPngOfTwiceTheSize() throws IOException {
        Path downloads = Files.createDirectory(temporary.resolve("downloads"));
        command("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        for (WebElement button :
                browser.findElements(By.cssSelector("#accuracy figure:first-child .downloads button"))) {
            button.click();
        }
        Path svg = downloads.resolve("psychometric.svg");
        Path png = downloads.resolve("psychometric.png");
        new WebDriverWait(browser, Duration.ofSeconds(5)).until(any -> Files.exists(svg) && Files.exists(png));

        Figure figure = PAGE.sections().stream()
                .flatMap(section -> section.figures().stream())
                .filter(any -> any.name().equals("psychometric"))
                .findFirst()
                .orElseThrow();
        assertThat(svg).hasBinaryContent(figure.svg());
        assertThat(ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(png)))
                        .getWidth())
                .isEqualTo(1076);
    }
}
