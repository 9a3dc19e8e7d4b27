/**
 * A class per command, or per group of commands on the same thing (`user add`, `user list`, …).
 *
 * <p>Each says what it takes by annotations, asks for one operation, and prints the answer: the thing asked for on standard output,
 * everything else on standard error. Start with {@link glasshouse.cli.command.ServeCommand}.
 */
@NullMarked
package glasshouse.cli.command;

import org.jspecify.annotations.NullMarked;
