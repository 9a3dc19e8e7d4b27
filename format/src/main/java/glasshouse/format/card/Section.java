package glasshouse.format.card;

/**
 * A heading of a card, and whether anything is said under it.
 *
 * @param title the heading's text
 * @param level 1 to 6
 * @param line the heading's line, from 1
 * @param state what stands between it and the next heading
 */
public record Section(String title, int level, int line, State state) {
    /** How far a section is filled. */
    public enum State {
        /** Something is said. */
        FILLED,
        /** Some lines are still those of the template. */
        PARTLY,
        /** Nothing but {@code [More Information Needed]}. */
        PLACEHOLDER,
        /** Nothing. A heading over further headings is empty too. */
        EMPTY
    }
}
