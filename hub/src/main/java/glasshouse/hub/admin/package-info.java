/**
 * What an administrator does from the command line: one list of operations, {@link glasshouse.hub.admin.Operations}, each a
 * method of {@link glasshouse.hub.admin.Administration}.
 *
 * <p>They are carried out in the process that holds the data folder. Where that is a server, the command hands its order through a
 * socket in the data folder, a line of JSON each way, and the same method runs there; so a command does the same whether a server
 * runs or not, and there is never a second writer. Who may read the data folder may do all of it: the socket is open to its owner
 * alone.
 */
@NullMarked
package glasshouse.hub.admin;

import org.jspecify.annotations.NullMarked;
