package glasshouse.hub.page;

import java.time.Instant;
import java.util.Optional;

/**
 * The frame around a page.
 *
 * @param title of the document, without the name of the program
 * @param section which part of the main navigation the page belongs to: {@code models}, {@code datasets}, {@code code}, or empty
 * @param search what stands in the search field
 * @param viewer who looks, if they are signed in
 * @param here path and query of the page, for the way back after signing in
 * @param canonical the one address of the page, where it answers at several
 * @param base what stands before absolute links: {@code http://host:port}
 * @param style address of the style sheet
 * @param script address of the script
 * @param icon address of the icon
 * @param now when the page was drawn
 */
public record Layout(
        String title,
        String section,
        String search,
        Optional<Viewer> viewer,
        String here,
        Optional<String> canonical,
        String base,
        String style,
        String script,
        String icon,
        Instant now) {

    public Layout in(String newSection) {
        return new Layout(title, newSection, search, viewer, here, canonical, base, style, script, icon, now);
    }

    public Layout searching(String words) {
        return new Layout(title, section, words, viewer, here, canonical, base, style, script, icon, now);
    }

    public Layout at(String address) {
        return new Layout(title, section, search, viewer, here, Optional.of(address), base, style, script, icon, now);
    }

    /** Where to sign in and come back from. */
    public String signInHref() {
        return here.equals("/") ? "/login" : "/login?next=" + glasshouse.hub.web.Address.encodeSegment(here);
    }
}
