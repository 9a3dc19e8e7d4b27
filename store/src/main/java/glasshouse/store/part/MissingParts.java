package glasshouse.store.part;

import java.io.IOException;
import java.util.List;

/** Some parts of an upload are not there. */
public final class MissingParts extends IOException {
    private static final long serialVersionUID = 1L;

    private final List<Integer> numbers;

    MissingParts(UploadId id, List<Integer> numbers) {
        super("upload `" + id + "` has no part " + numbers.getFirst()
                + (numbers.size() > 1 ? " and " + (numbers.size() - 1) + " more" : ""));
        this.numbers = List.copyOf(numbers);
    }

    /** Which ones, in order. */
    public List<Integer> numbers() {
        return numbers;
    }
}
