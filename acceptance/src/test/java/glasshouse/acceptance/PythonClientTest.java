package glasshouse.acceptance;

/** {@code huggingface_hub} and {@code datasets} where pip can get them. The scenarios are in {@code clients/hub.py}. */
class PythonClientTest extends ClientScenarios {
    PythonClientTest() {
        super("hub.py", "HF_ENDPOINT", 6);
    }

    @Override
    String interpreter() {
        return Tools.python("python");
    }
}
