/**
 * The patterns of {@code .gitignore} and {@code .gitattributes}, in git's own meaning, for rules and paths that anybody may send:
 * {@link glasshouse.hub.rules.PathPattern} is one pattern, {@link glasshouse.hub.rules.AttributeLine} a line of attributes.
 *
 * <p>JGit makes regular expressions of them, which take time without end on patterns made for that. Here the time is the length of
 * the pattern times that of the path, and {@link glasshouse.hub.rules.Effort} bounds what one request may take altogether. git works
 * on bytes: texts in here hold a byte of UTF-8 in each character.
 */
@NullMarked
package glasshouse.hub.rules;

import org.jspecify.annotations.NullMarked;
