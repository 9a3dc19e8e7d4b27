package glasshouse.inspect.licence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glasshouse.testkit.seed.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecogniserTest {
    private static final Recogniser KNOWN = new Recogniser(Fingerprints.ALL);
    private static final Path OUR_LICENCE =
            Path.of(System.getProperty("glasshouse.root", "..")).resolve("LICENSE");

    private static String ours() throws IOException {
        return Files.readString(OUR_LICENCE);
    }

    @Test
    void knowsOurOwnLicence() throws IOException {
        Recognition found = KNOWN.recognise(ours());

        assertThat(found.whole()).containsExactly("Apache-2.0");
        assertThat(found.otherWords()).isZero();
        assertThat(found.exact()).isTrue();
    }

    @Test
    void filledInNoticesAndOtherLineBreaksChangeNothing() throws IOException {
        String filled = ours().replace(
                        "Copyright [yyyy] [name of copyright owner]",
                        "Copyright 2018- The Sylva team. All rights reserved.");

        assertThat(KNOWN.recognise(filled).exact()).isTrue();
        assertThat(KNOWN.recognise(ours().replace("\n", "\r\n").toUpperCase(Locale.ROOT))
                        .exact())
                .isTrue();
        assertThat(KNOWN.recognise("# License\n\n```\n" + ours() + "\n```\n").exact())
                .isTrue();
    }

    @Test
    void withoutItsAppendixItIsStillTheLicence() throws IOException {
        String terms = ours().substring(0, ours().indexOf("APPENDIX"));

        assertThat(KNOWN.recognise(terms).exact()).isTrue();
    }

    @Test
    void oneWordMakesAnotherLicence() throws IOException {
        Recognition changed = KNOWN.recognise(ours().replaceFirst("royalty-free", "royalty-bearing"));

        assertThat(changed.whole()).isEmpty();
        assertThat(changed.near().getFirst().id()).isEqualTo("Apache-2.0");
        assertThat(changed.near().getFirst().permille()).isBetween(800, 999);
    }

    @Test
    void aRiderIsSeen() throws IOException {
        for (String rider : List.of(
                "Not for commercial use.",
                "Copyright 2024 Sylva. Non-commercial use only.",
                "<year> may not be used in products",
                "a) no use by companies")) {
            for (String text : List.of(rider + "\n" + ours(), ours() + "\n" + rider)) {
                Recognition found = KNOWN.recognise(text);
                assertThat(found.whole()).containsExactly("Apache-2.0");
                assertThat(found.exact()).as(rider).isFalse();
                assertThat(found.otherWords()).as(rider).isPositive();
            }
        }
    }

    @Test
    void invisibleCharactersAreCountedAndNotTaken() throws IOException {
        String hidden = ours().replace("License", "Lic\u200bense");

        assertThat(KNOWN.recognise(hidden).exact()).isTrue();
        assertThat(KNOWN.recognise(hidden).hidden()).isGreaterThan(10);
    }

    @Test
    void aTextOfOnesOwnIsUnknown() {
        Recognition found = KNOWN.recognise("You may do with this what you like on Tuesdays. ".repeat(40));

        assertThat(found.whole()).isEmpty();
        assertThat(found.near()).isEmpty();
        assertThat(KNOWN.recognise("").exact()).isFalse();
    }

    @Test
    void everyWordCounts() throws IOException {
        String[] words = ours().substring(0, ours().indexOf("APPENDIX")).split("(?<=\\s)");
        Seeds.check(20, random -> {
            int at = random.nextInt(words.length);
            String[] changed = words.clone();
            changed[at] = changed[at].strip() + "xq ";
            String text = String.join("", changed);
            boolean same = LicenceWords.of(text)
                    .words()
                    .equals(LicenceWords.of(ours().substring(0, ours().indexOf("APPENDIX")))
                            .words());
            assertThat(KNOWN.recognise(text).exact()).as("word %s", at).isEqualTo(same);
        });
    }

    @Test
    void aTableReadsBackAsItWasPrinted() {
        for (Fingerprint one : Fingerprints.ALL) {
            assertThat(Fingerprint.parse(one.print())).isEqualTo(one);
        }
        assertThat(Fingerprints.ALL).hasSizeGreaterThan(100);
    }

    /** Each of the texts that the table was computed from is recognised as itself and as nothing else. */
    @Test
    void knowsEachTextOfTheTable() throws IOException {
        assumeTrue(Files.isDirectory(FingerprintTableTest.texts()), "the licence texts are not on this machine");
        Map<String, String> wrong = new TreeMap<>();
        for (Fingerprint one : Fingerprints.ALL) {
            Recognition found = KNOWN.recognise(Files.readString(
                    FingerprintTableTest.texts().resolve("texts").resolve(one.id() + ".txt")));
            if (!found.whole().equals(List.of(one.id())) || !found.exact()) {
                wrong.put(one.id(), found.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Copies that somebody else made: those that Debian ships. */
    @Test
    void knowsTheCopiesOfDebian() throws IOException {
        Path debian = Path.of("/usr/share/common-licenses");
        assumeTrue(Files.isDirectory(debian), "this is no Debian");
        Map<String, String> expected = Map.of(
                "Apache-2.0", "Apache-2.0",
                "GPL-2", "GPL-2.0-only",
                "GPL-3", "GPL-3.0-only",
                "LGPL-2.1", "LGPL-2.1-only",
                "LGPL-3", "LGPL-3.0-only",
                "MPL-2.0", "MPL-2.0",
                "CC0-1.0", "CC0-1.0");
        Map<String, String> wrong = new TreeMap<>();
        for (Map.Entry<String, String> one : expected.entrySet()) {
            Path file = debian.resolve(one.getKey());
            if (Files.isRegularFile(file)) {
                Recognition found = KNOWN.recognise(Files.readString(file, StandardCharsets.ISO_8859_1));
                if (!found.whole().equals(List.of(one.getValue())) || !found.exact()) {
                    wrong.put(one.getKey(), found.toString());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
