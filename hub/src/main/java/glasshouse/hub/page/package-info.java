/**
 * What all pages share: the frame around them, how they are drawn, and how numbers, times and other people's text appear on them.
 *
 * <p>A page is a record that its template sees, a handler that fills it, and a template in {@code src/main/jte}. Templates are
 * compiled with the program and escape what they print; {@link glasshouse.hub.page.Markdown} is the one place that makes markup of
 * text that people wrote. Reading needs no script: what htmx adds is comfort. Start with {@link glasshouse.hub.page.Pages}.
 */
@NullMarked
package glasshouse.hub.page;

import org.jspecify.annotations.NullMarked;
