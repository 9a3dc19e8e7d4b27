package glasshouse.cli.command;

import glasshouse.core.know.Evidence;
import glasshouse.core.know.Standing;
import glasshouse.core.problem.Problem;
import glasshouse.core.problem.Problem.Code;
import glasshouse.inspect.EvidenceCache;
import glasshouse.inspect.Findings;
import glasshouse.inspect.Inspection;
import glasshouse.inspect.report.JsonReport;
import glasshouse.inspect.report.TextReport;
import glasshouse.inspect.report.TextReport.Marks;
import glasshouse.inspect.revision.FolderRevision;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Inspects a folder as the server would inspect it once it is published. */
@Command(
        name = "inspect",
        description = "Inspect a folder: what is claimed in it, held against what is found in its files.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code: 0; with --strict 1 where a statement is contradicted, and 2 where something could not be checked.",
            "",
            "Examples:",
            "  glasshouse inspect my-model",
            "  glasshouse inspect my-model --json > findings.json",
            "  glasshouse inspect my-model --strict"
        })
public final class InspectCommand implements Callable<Integer> {
    private static final int COLUMNS = 100;
    private static final int NO = 1;
    private static final int UNDECIDED = 2;

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "the folder")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "all findings and all evidence, for programs")
    private boolean json;

    @Option(names = "--strict", description = "let the exit code say what was found")
    private boolean strict;

    public InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path place = terminal.folder().resolve(folder);
        if (!Files.isDirectory(place)) {
            throw Problem.of(Code.NOT_FOUND, "`" + folder + "` is not a folder")
                    .mend("name the folder that holds the files")
                    .refusal();
        }
        List<Evidence> evidence = Inspection.run(FolderRevision.of(place), EvidenceCache.none());
        Findings findings = Findings.of(evidence);
        if (json) {
            terminal.out().println(JsonReport.render(findings));
        } else {
            terminal.out().print(TextReport.render(folder.toString(), findings, marks(), columns()));
        }
        terminal.out().flush();
        return strict ? verdict(findings) : 0;
    }

    private static int verdict(Findings findings) {
        if (findings.counts().getOrDefault(Standing.CONTRADICTED, 0) > 0) {
            return NO;
        }
        return findings.counts().getOrDefault(Standing.NOT_CHECKABLE, 0) > 0 ? UNDECIDED : 0;
    }

    private Marks marks() {
        if (!Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)) {
            return Marks.WORDS;
        }
        return terminal.environment().getOrDefault("NO_COLOR", "").isEmpty() ? Marks.COLOURS : Marks.SIGNS;
    }

    private int columns() {
        try {
            return Integer.parseInt(terminal.environment().getOrDefault("COLUMNS", ""));
        } catch (NumberFormatException e) {
            return COLUMNS;
        }
    }
}
