package glasshouse.hub.repos;

import java.util.List;
import java.util.stream.Collectors;

/** The {@code .gitattributes} that an entry begins with: which files go to git-lfs whatever their size. */
final class GitAttributes {
    private static final List<String> LARGE = List.of(
            "*.7z",
            "*.arrow",
            "*.avro",
            "*.bin",
            "*.bz2",
            "*.ckpt",
            "*.flac",
            "*.ftz",
            "*.gguf",
            "*.gif",
            "*.gz",
            "*.h5",
            "*.jpeg",
            "*.jpg",
            "*.joblib",
            "*.lz4",
            "*.mds",
            "*.mlmodel",
            "*.model",
            "*.mp3",
            "*.mp4",
            "*.msgpack",
            "*.npy",
            "*.npz",
            "*.ogg",
            "*.onnx",
            "*.ot",
            "*.parquet",
            "*.pb",
            "*.pcm",
            "*.pdf",
            "*.pickle",
            "*.pkl",
            "*.png",
            "*.pt",
            "*.pth",
            "*.rar",
            "*.raw",
            "*.safetensors",
            "saved_model/**/*",
            "*.tar",
            "*.tar.*",
            "*.tflite",
            "*.tgz",
            "*.tiff",
            "*.wasm",
            "*.wav",
            "*.webm",
            "*.webp",
            "*.xz",
            "*.zip",
            "*.zst",
            "*tfevents*");

    /** The text of the file. */
    static final String INITIAL = LARGE.stream()
            .map(pattern -> pattern + " filter=lfs diff=lfs merge=lfs -text\n")
            .collect(Collectors.joining());

    private GitAttributes() {}

    /** Whether one of the patterns takes a path. */
    static boolean isLarge(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return LARGE.stream()
                .anyMatch(pattern -> pattern.contains("/")
                        ? path.startsWith(pattern.substring(0, pattern.indexOf('/') + 1))
                        : name.matches(pattern.replace(".", "\\.").replace("*", ".*")));
    }
}
