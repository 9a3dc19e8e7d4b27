package glasshouse.hub.page;

import static org.assertj.core.api.Assertions.assertThat;

import glasshouse.testkit.seed.Seeds;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
    private static final CardLinks LINKS =
            new CardLinks("/models/ada/engine/blob/main/", "/ada/engine/resolve/main/", "docs");

    private static final List<String> PIECES = List.of(
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "](javascript:alert(1))",
            "[a",
            "![",
            "<svg/onload=x>",
            "`",
            "```\n",
            "<a href=\"data:text/html,x\">",
            "<iframe src=//x>",
            "\"",
            "'",
            "<!--",
            "-->",
            "<style>*{}</style>",
            "|a|b|\n|-|-|\n",
            "# ",
            "\n",
            " onclick=x ",
            "&lt;script&gt;",
            "<base href=//x>",
            "<form action=/logout>",
            "<input>",
            "<p style=\"x\">",
            "\u0000",
            "<math><mtext></p>",
            "https://x.example/",
            "**",
            "<details open ontoggle=x>",
            "&#x6a;avascript:",
            "\\",
            "<td",
            "<h1 id=main>");

    private static final Pattern RUNS = Pattern.compile(
            "<(script|iframe|svg|math|style|base|form|input|object|embed|link|meta)\\b|<[^>]*\\s(on\\w+|style|srcdoc)\\s*=|"
                    + "(href|src)\\s*=\\s*\"?\\s*(javascript|data|vbscript):",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x](data:text/html;base64,PHN2Zz4=)",
                "<a href=\"&#106;avascript:alert(1)\">x</a>",
                "<img src=x onerror=alert(1)>",
                "<svg><script>alert(1)</script></svg>",
                "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
                "<p style=\"background:url(javascript:alert(1))\" onclick=alert(1)>x</p>",
                "<form action=\"/logout\" method=post><button>x</button></form>",
                "<base href=\"https://evil.example/\">",
                "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
                "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                "![x](x \"onerror=alert(1)\")",
            })
    void nothingThatRunsComesThrough(String text) {
        assertThat(RUNS.matcher(Markdown.html(text, LINKS)).find()).isFalse();
    }

    @Test
    void nothingThatRunsComesThroughHoweverItIsPutTogether() {
        Seeds.check(300, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(1, 20); i > 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String html = Markdown.html(text.toString(), LINKS);
            assertThat(RUNS.matcher(html).find()).as(text + "\n→ " + html).isFalse();
        });
    }

    @Test
    void linksLeadToFilesOfTheRevision() {
        assertThat(Markdown.html("[a](b.md#c) [up](../x%20y.txt) [root](/models)", LINKS))
                .contains("href=\"/models/ada/engine/blob/main/docs/b.md#c\"")
                .contains("href=\"/models/ada/engine/blob/main/x%20y.txt\"")
                .contains("href=\"/models\"");
    }

    @Test
    void aLinkCannotClimbOutOfTheEntry() {
        assertThat(Markdown.html("[a](../../../../../secret)", LINKS))
                .contains("href=\"/models/ada/engine/blob/main/secret\"");
    }

    @Test
    void picturesOfTheEntryAreShownAndThoseElsewhereAreLinks() {
        String html = Markdown.html(
                "![here](pics/a.png) ![there](https://track.example/p.png) <img src=\"//track.example/q.png\" alt=q>",
                LINKS);
        assertThat(html)
                .contains("src=\"/ada/engine/resolve/main/docs/pics/a.png\"")
                .contains("alt=\"here\"");
        assertThat(Pattern.compile("src=\"[^\"]*track").matcher(html).find()).isFalse();
        assertThat(html).contains("picture elsewhere: there").contains("picture elsewhere: q");
    }

    @Test
    void aPictureElsewhereWithinALinkStaysOneLink() {
        String html = Markdown.html("[![badge](https://b.example/b.svg)](https://c.example/)", LINKS);
        assertThat(html.split("<a ", -1)).hasSize(2);
        assertThat(html).contains("picture elsewhere: badge");
    }

    @Test
    void headingsStandBelowThePagesAndAreFoundByTheirWords() {
        String html = Markdown.html("# Title\n\n## How to `use`\n\n[there](#how-to-use)", LINKS);
        assertThat(html)
                .doesNotContain("<h1")
                .contains("<h2 id=\"card-title\">Title</h2>")
                .contains("<h3 id=\"card-how-to-use\">")
                .contains("href=\"#card-how-to-use\"");
    }

    @Test
    void aCommentHasNoFilesToLinkTo() {
        assertThat(Markdown.comment("[a](b.md) ![p](c.png)"))
                .doesNotContain("href")
                .doesNotContain("<img");
    }

    @Test
    void deepNestingIsBounded() {
        assertThat(Markdown.html(">".repeat(20_000) + "x", LINKS)).contains("x");
        assertThat(Markdown.html("[".repeat(20_000), LINKS)).contains("[");
        assertThat(Markdown.html("<div>".repeat(20_000), LINKS)).isNotNull();
    }

    @Test
    void whatIsTooLongIsShownAsItIs() {
        String html = Markdown.html("<b>" + "x".repeat(Markdown.MAX_CHARS), LINKS);
        assertThat(html).startsWith("<pre>&lt;b&gt;");
    }
}
