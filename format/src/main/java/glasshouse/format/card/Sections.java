package glasshouse.format.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the headings of Markdown ({@code #} to {@code ######}) outside of code, and what stands under each. */
final class Sections {
    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})(?:[ \\t]+(.*))?");
    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
    private static final String PLACEHOLDER = "[more information needed]";
    private static final int MAX_TITLE = 200;
    private static final int MAX_HEADING_LINE = 1_000;

    private final List<Section> found = new ArrayList<>();
    private String title = "";
    private int level;
    private int startLine;
    private int filled;
    private int open;
    private boolean comment;
    private String fence = "";

    private Sections() {}

    static List<Section> of(String body, int firstLine, int most) {
        Sections sections = new Sections();
        int line = firstLine;
        for (String text : (Iterable<String>) body.lines()::iterator) {
            sections.line(text, line++);
            if (sections.found.size() >= most) {
                break;
            }
        }
        sections.close();
        return sections.found.size() > most ? sections.found.subList(0, most) : sections.found;
    }

    private void line(String text, int line) {
        Matcher mark = FENCE.matcher(text);
        if (!fence.isEmpty()) {
            if (mark.matches() && mark.group(1).startsWith(fence)) {
                fence = "";
            }
            filled++;
            return;
        }
        if (!comment && mark.matches()) {
            fence = mark.group(1);
            filled++;
            return;
        }
        String said = withoutComments(text);
        Matcher heading = HEADING.matcher(said);
        // A line of megabytes is no heading, and the expressions below would take their time over it.
        if (said.length() <= MAX_HEADING_LINE && heading.matches()) {
            close();
            String name = heading.group(2) == null ? "" : heading.group(2);
            name = name.replaceAll("[ \\t]+#+[ \\t]*$", "").strip();
            title = name.length() > MAX_TITLE ? name.substring(0, MAX_TITLE) + "…" : name;
            level = heading.group(1).length();
            startLine = line;
        } else if (said.toLowerCase(Locale.ROOT).contains(PLACEHOLDER)) {
            open++;
        } else if (!said.isBlank()) {
            filled++;
        }
    }

    private String withoutComments(String text) {
        StringBuilder said = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int next = text.indexOf(comment ? "-->" : "<!--", at);
            if (next < 0) {
                if (!comment) {
                    said.append(text, at, text.length());
                }
                break;
            }
            if (!comment) {
                said.append(text, at, next);
            }
            at = next + (comment ? 3 : 4);
            comment = !comment;
        }
        return said.toString();
    }

    private void close() {
        if (level > 0) {
            Section.State state = open == 0
                    ? filled == 0 ? Section.State.EMPTY : Section.State.FILLED
                    : filled == 0 ? Section.State.PLACEHOLDER : Section.State.PARTLY;
            found.add(new Section(title, level, startLine, state));
        }
        level = 0;
        filled = 0;
        open = 0;
    }
}
