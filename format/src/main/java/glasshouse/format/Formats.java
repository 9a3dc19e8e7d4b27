package glasshouse.format;

import glasshouse.format.card.CardFile;
import glasshouse.format.safetensors.SafetensorsFile;
import glasshouse.format.safetensors.SafetensorsIndex;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import java.io.IOException;
import java.util.List;

/** Every format that we read, in reading order. Help, reference pages and the hostile runs go over this list. */
public final class Formats {
    /** A reader, for those who only want to know whether the bytes are readable. */
    @FunctionalInterface
    public interface Reader {
        Object read(ByteSource source) throws IOException, FormatFailure;
    }

    /**
     * One format.
     *
     * @param name its short name
     * @param files what its files are called
     * @param limits what is refused, in a sentence
     * @param reader reads it
     */
    public record Format(String name, String files, String limits, Reader reader) {}

    public static final List<Format> ALL = List.of(
            new Format(
                    "safetensors",
                    "*.safetensors",
                    "headers above 100,000,000 bytes, tensors of more than 64 dimensions",
                    SafetensorsFile::read),
            new Format("safetensors index", "*.safetensors.index.json", "files above 32 MiB", SafetensorsIndex::read),
            new Format(
                    "card",
                    "README.md",
                    "front matter above 1 MiB, 64 levels or 100,000 values with aliases followed; tags",
                    CardFile::read));

    private Formats() {}
}
