package glasshouse.hub.page;

import java.util.Optional;

/**
 * Where a page stands in a longer list.
 *
 * @param says {@code 51 to 100 of 1,234}
 * @param previous address of the page before
 * @param next address of the page after
 */
public record Paging(String says, Optional<String> previous, Optional<String> next) {
    /**
     * A page of a list whose length is known.
     *
     * @param address what stands before the number of a page: ends in {@code page=}
     * @param page from 1
     */
    public static Paging of(String address, int page, int size, long total) {
        long first = (long) (page - 1) * size + 1;
        long last = Math.min(total, (long) page * size);
        String says = total == 0 || first > total
                ? "0 of " + Wording.count(total)
                : Wording.count(first) + " to " + Wording.count(last) + " of " + Wording.count(total);
        return new Paging(
                says,
                page > 1 ? Optional.of(address + (page - 1)) : Optional.empty(),
                last < total ? Optional.of(address + (page + 1)) : Optional.empty());
    }

    public boolean needed() {
        return previous.isPresent() || next.isPresent();
    }
}
