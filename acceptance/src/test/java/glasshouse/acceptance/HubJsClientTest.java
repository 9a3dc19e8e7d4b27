package glasshouse.acceptance;

/** {@code @huggingface/hub} from npm, every function that applies. The scenarios are in {@code clients/hub.mjs}. */
class HubJsClientTest extends ClientScenarios {
    HubJsClientTest() {
        super("hub.mjs", "HUB_URL", 11);
    }

    @Override
    String interpreter() {
        return Tools.node();
    }
}
