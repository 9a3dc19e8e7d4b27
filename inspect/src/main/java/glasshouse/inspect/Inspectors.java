package glasshouse.inspect;

import glasshouse.inspect.card.CardFrontMatter;
import glasshouse.inspect.inspector.Inspector;
import glasshouse.inspect.licence.LicenceText;
import glasshouse.inspect.weights.SafetensorsHeaders;
import java.util.List;

/** Every inspector, in reading order. Runs, help, reference pages and hostile tests go over this list. */
public final class Inspectors {
    public static final List<Inspector> ALL =
            List.of(new CardFrontMatter(), new LicenceText(), new SafetensorsHeaders());

    private Inspectors() {}
}
