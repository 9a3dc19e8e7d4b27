package glasshouse.format.safetensors;

import java.util.List;

/**
 * One tensor of a file.
 *
 * @param name as in the header
 * @param dtype the type of its elements
 * @param shape the extent of each dimension; none for a scalar
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 * @param elements the product of the shape
 */
public record Tensor(String name, DType dtype, List<Long> shape, long begin, long end, long elements) {
    public Tensor {
        shape = List.copyOf(shape);
    }

    /** How many bytes the header gives it. */
    public long sizeBytes() {
        return end - begin;
    }
}
