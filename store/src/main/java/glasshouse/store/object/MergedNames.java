package glasshouse.store.object;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Two ordered lists as one, in which each name stands once. */
public final class MergedNames implements Iterator<Sha256> {
    private final Iterator<Sha256> first;
    private final Iterator<Sha256> second;
    private @Nullable Sha256 nextOfFirst;
    private @Nullable Sha256 nextOfSecond;

    private MergedNames(Iterator<Sha256> first, Iterator<Sha256> second) {
        this.first = first;
        this.second = second;
        this.nextOfFirst = next(first);
        this.nextOfSecond = next(second);
    }

    /** Closing it closes both. */
    public static Stream<Sha256> of(Stream<Sha256> first, Stream<Sha256> second) {
        Iterator<Sha256> merged = new MergedNames(first.iterator(), second.iterator());
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED | Spliterator.DISTINCT), false)
                .onClose(first::close)
                .onClose(second::close);
    }

    private static @Nullable Sha256 next(Iterator<Sha256> names) {
        return names.hasNext() ? names.next() : null;
    }

    @Override
    public boolean hasNext() {
        return nextOfFirst != null || nextOfSecond != null;
    }

    @Override
    public Sha256 next() {
        Sha256 a = nextOfFirst;
        Sha256 b = nextOfSecond;
        if (a != null && (b == null || a.compareTo(b) <= 0)) {
            nextOfFirst = next(first);
            if (a.equals(b)) {
                nextOfSecond = next(second);
            }
            return a;
        }
        if (b == null) {
            throw new NoSuchElementException();
        }
        nextOfSecond = next(second);
        return b;
    }
}
