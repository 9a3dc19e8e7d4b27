package glasshouse.bench.table;

import java.util.List;

/** A row of the table: a thing that people wait for, or that a machine has too little of. */
public interface Row {
    /** How the row is asked for on the command line. */
    String name();

    /** What is measured, in a line. */
    String about();

    List<Figure> measure(Setting setting) throws Exception;
}
