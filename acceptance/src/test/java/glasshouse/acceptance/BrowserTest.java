package glasshouse.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pages in headless Chromium: no violation that axe knows, no sideways scrolling, readable without scripts, usable by keyboard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    @TempDir
    static Path folder;

    private Server server;
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        String chromium = Tools.require("chromium");
        server = Server.withPeople(folder.resolve("data"));
        Map<String, String> environment = new java.util.HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        post(
                "/api/repos/create",
                "application/json",
                "{\"name\":\"seen\",\"type\":\"model\",\"organization\":\"lab\"}");
        String card =
                "---\nlicense: apache-2.0\nlibrary_name: transformers\ntags: [seen]\n---\n# Seen\n\nA *card* with a [link](config.json)"
                        + " and <script>document.title='ran'</script> and <img src=x onerror=\"document.title='ran'\">.\n\n| a | b |\n|---|---|\n"
                        + "| 1 | 2 |\n";
        commit("README.md", card);
        commit("config.json", "{\"hidden_size\": 8}");
        commit("data/rows.csv", "id,text\n1,oak\n2,ash\n");
        commit("evil.html", "<script>document.title='ran'</script>");
        waitUntilInspected();
    }

    @AfterAll
    void stop() throws InterruptedException {
        if (playwright != null) {
            playwright.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private String send(String method, String path, String type, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(server.base() + path))
                            .header("Authorization", "Bearer " + Server.ADA)
                            .header("Content-Type", type)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    private void post(String path, String type, String body) throws IOException, InterruptedException {
        send("POST", path, type, body);
    }

    private void commit(String path, String content) throws IOException, InterruptedException {
        String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        post(
                "/api/models/lab/seen/commit/main",
                "application/x-ndjson",
                "{\"key\":\"header\",\"value\":{\"summary\":\"Add " + path
                        + "\"}}\n{\"key\":\"file\",\"value\":{\"path\":\"" + path
                        + "\",\"encoding\":\"base64\",\"content\":\"" + encoded + "\"}}\n");
    }

    /** Inspection is a job: asks until the tag of the card has arrived in the catalogue. */
    private void waitUntilInspected() throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (send("GET", "/api/models?filter=seen", "application/json", "").contains("lab/seen")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the entry was not inspected");
    }

    private static final List<String> PAGES = List.of(
            "/",
            "/models",
            "/datasets",
            "/code",
            "/search?q=seen",
            "/models/lab/seen",
            "/models/lab/seen/card",
            "/models/lab/seen/tree/main",
            "/models/lab/seen/blob/main/README.md",
            "/models/lab/seen/blob/main/config.json",
            "/models/lab/seen/blob/main/data/rows.csv",
            "/models/lab/seen/blob/main/evil.html",
            "/models/lab/seen/commits/main",
            "/models/lab/seen/checkpoints",
            "/models/lab/seen/discussions",
            "/lab",
            "/ada",
            "/login",
            "/no/such-entry");

    private static final List<String> PAGES_OF_ADA = List.of(
            "/models/lab/seen/settings", "/models/lab/seen/discussions/new", "/settings", "/settings/tokens", "/new");

    private BrowserContext signedIn(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        Page page = context.newPage();
        page.navigate(server.base() + "/login");
        page.locator("main input[name=name], main input[name=username]").first().fill("ada");
        page.locator("main input[type=password]").first().fill(Server.PASSWORD);
        page.locator("main button[type=submit], main button").first().click();
        page.waitForLoadState();
        assertThat(page.locator("header.site").innerText()).contains("ada");
        page.close();
        return context;
    }

    @TestFactory
    List<DynamicTest> everyPageInEveryLight() {
        List<DynamicTest> tests = new ArrayList<>();
        // A wide screen by day and a telephone by night: each colour and each layout once.
        for (Map.Entry<ColorScheme, Integer> look :
                Map.of(ColorScheme.LIGHT, 1280, ColorScheme.DARK, 360).entrySet()) {
            Browser.NewContextOptions options = new Browser.NewContextOptions()
                    .setColorScheme(look.getKey())
                    .setViewportSize(look.getValue(), 900);
            String name = look.getKey() + ", " + look.getValue() + " wide";
            tests.add(DynamicTest.dynamicTest("anonymous, " + name, () -> check(browser.newContext(options), PAGES)));
            tests.add(DynamicTest.dynamicTest("signed in, " + name, () -> check(signedIn(options), PAGES_OF_ADA)));
        }
        return tests;
    }

    private void check(BrowserContext context, List<String> pages) {
        List<String> faults = new ArrayList<>();
        Page page = context.newPage();
        page.onRequest(request -> {
            if (!request.url().startsWith(server.base()) && !request.url().startsWith("data:")) {
                faults.add(page.url() + " asks " + request.url());
            }
        });
        for (String path : pages) {
            Response response = page.navigate(server.base() + path);
            assertThat(response.status()).as(path).isIn(200, path.contains("no/such") ? 404 : 200);
            AxeResults axe = new AxeBuilder(page).analyze();
            axe.getViolations()
                    .forEach(violation -> faults.add(path + ": " + violation.getId() + " " + violation.getHelp()
                            + " at " + violation.getNodes().getFirst().getHtml()));
            Object wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1");
            if (Boolean.TRUE.equals(wide)) {
                faults.add(path + " scrolls sideways");
            }
            if (page.title().equals("ran")) {
                faults.add(path + " ran a script of the publisher");
            }
            if (response.body().length > 60_000) {
                faults.add(path + " has " + response.body().length + " bytes of HTML");
            }
        }
        context.close();
        assertThat(faults).isEmpty();
    }

    @Test
    void readsWithoutScripts() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = context.newPage();
        page.navigate(server.base() + "/models/lab/seen");
        assertThat(page.locator("main").innerText()).contains("licen");
        assertThat(page.locator("nav.tabs a[aria-current]").innerText()).contains("What was found");
        page.locator("nav.tabs a", new Page.LocatorOptions().setHasText("Files"))
                .click();
        assertThat(page.locator("main").innerText()).contains("config.json", "README.md");
        page.locator("header.site input[name=q]").fill("seen");
        page.locator("header.site input[name=q]").press("Enter");
        assertThat(page.locator("main").innerText()).contains("lab/seen");
        context.close();
    }

    @Test
    void theKeyboardReachesEverything() {
        BrowserContext context = browser.newContext();
        Page page = context.newPage();
        page.navigate(server.base() + "/models/lab/seen");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.textContent").toString())
                .containsIgnoringCase("skip");
        page.keyboard().press("Enter");
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            page.keyboard().press("Tab");
            reached.add(String.valueOf(page.evaluate("document.activeElement.textContent"))
                    .strip());
        }
        assertThat(String.join("|", reached)).contains("Card").contains("Files");
        context.close();
    }

    @Test
    void filesOfPublishersRunNothing() {
        BrowserContext context = browser.newContext();
        Page page = context.newPage();
        page.navigate(server.base() + "/lab/seen/raw/main/evil.html");
        assertThat(page.title()).isNotEqualTo("ran");
        context.close();
    }
}
