package glasshouse.store.xet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole shard in memory, for small ones. Long ones are better read and written part by part, with {@link ShardReader} and {@link
 * ShardWriter}.
 *
 * @param footer absent in what clients upload
 */
public record Shard(List<ShardFile> files, List<ShardXorb> xorbs, Optional<ShardFooter> footer) {
    public Shard {
        files = List.copyOf(files);
        xorbs = List.copyOf(xorbs);
    }

    public static Shard read(byte[] bytes) throws BadShard {
        List<ShardFile> files = new ArrayList<>();
        List<ShardXorb> xorbs = new ArrayList<>();
        Optional<ShardFooter> footer = Optional.empty();
        try {
            ShardReader reader = new ShardReader(new ByteArrayInputStream(bytes), bytes.length);
            for (Optional<ShardPart> part = reader.next(); part.isPresent(); part = reader.next()) {
                switch (part.get()) {
                    case ShardFile file -> files.add(file);
                    case ShardXorb xorb -> xorbs.add(xorb);
                    case ShardFooter last -> footer = Optional.of(last);
                }
            }
        } catch (BadShard bad) {
            throw bad;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Shard(files, xorbs, footer);
    }

    /**
     * The bytes of the shard.
     *
     * @throws IllegalArgumentException if some of the files have range hashes and others have not
     */
    public byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ShardWriter writer = new ShardWriter(out, footer);
            for (ShardFile file : files) {
                writer.file(file);
            }
            for (ShardXorb xorb : xorbs) {
                writer.xorb(xorb);
            }
            writer.finish();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
