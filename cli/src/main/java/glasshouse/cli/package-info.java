/**
 * The program's front door: {@link glasshouse.cli.Main} reads the command line, {@link glasshouse.cli.Commands} is the one list of what
 * it takes.
 *
 * <p>Commands parse and print; what they do is done elsewhere, so that it is the same while a server runs and while none does.
 */
@NullMarked
package glasshouse.cli;

import org.jspecify.annotations.NullMarked;
