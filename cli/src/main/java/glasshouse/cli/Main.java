package glasshouse.cli;

import glasshouse.cli.command.Terminal;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.core.problem.Refusal;
import glasshouse.hub.Hub;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Starts the program. Exit codes: 0 yes, 1 no, 2 cannot be decided, 64 wrong use, 70 our fault. */
public final class Main {
    /** The answer is no, or it was refused. */
    public static final int NO = 1;
    /** The command line or the configuration is wrong. */
    public static final int WRONG_USE = 64;
    /** A fault of ours. */
    public static final int OUR_FAULT = 70;

    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("serve")) {
            Hub.prepare();
        }
        int code = run(Terminal.system(), arguments);
        System.out.flush();
        System.exit(code);
    }

    /** Runs one command and says how it ended. */
    public static int run(Terminal terminal, String... arguments) {
        CommandLine line = Commands.of(terminal, arguments);
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((fault, given) -> wrongUse(fault, terminal));
        line.setExecutionExceptionHandler((fault, command, given) -> failed(fault, terminal));
        return line.execute(arguments);
    }

    private static int wrongUse(ParameterException fault, Terminal terminal) {
        String name = fault.getCommandLine().getCommandSpec().qualifiedName();
        terminal.err().println("glasshouse: " + fault.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(
                fault, fault.getCommandLine().getErr())) {
            terminal.err().println("`" + name + " --help` says what it takes");
        }
        return WRONG_USE;
    }

    private static int failed(Exception fault, Terminal terminal) {
        if (fault instanceof Refusal refusal) {
            Problem problem = refusal.problem();
            terminal.err().println("glasshouse: " + problem.sentence());
            return problem.code() == Code.INTERNAL ? OUR_FAULT : problem.code() == Code.INVALID ? WRONG_USE : NO;
        }
        terminal.err().println("glasshouse: something went wrong here, and it is not your fault");
        fault.printStackTrace(terminal.err());
        return OUR_FAULT;
    }
}
