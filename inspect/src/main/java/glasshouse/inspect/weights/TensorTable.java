package glasshouse.inspect.weights;

import glasshouse.format.safetensors.SafetensorsFile;
import glasshouse.format.safetensors.Tensor;
import glasshouse.format.source.ByteSource;
import glasshouse.format.source.FormatFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of the tensors of a file, in the order of its header.
 *
 * @param file the whole header, without its tensors
 * @param from the first tensor of the page, from 0
 * @param tensors those on it
 */
public record TensorTable(SafetensorsFile file, long from, List<Tensor> tensors) {
    /** The most tensors on one page. */
    public static final int MAX_PAGE = 1_000;

    public TensorTable {
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads a page. The header is read as a whole, but no more than a page of it is kept.
     *
     * @throws FormatFailure where the file is not safetensors
     * @throws IOException where its bytes cannot be read
     */
    public static TensorTable read(ByteSource source, long from, int count) throws IOException, FormatFailure {
        if (from < 0 || count < 1 || count > MAX_PAGE) {
            throw new IllegalArgumentException("no page of " + count + " tensors from " + from);
        }
        List<Tensor> page = new ArrayList<>();
        long[] at = {0};
        SafetensorsFile file = SafetensorsFile.read(source, tensor -> {
            if (at[0] >= from && page.size() < count) {
                page.add(tensor);
            }
            at[0]++;
        });
        return new TensorTable(file, from, page);
    }
}
