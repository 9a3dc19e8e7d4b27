/**
 * Licences: which text lies in a revision, and whether it is the one that the card declares.
 *
 * <p>Texts are known by fingerprints: hashes of their words and a sample of their five-word shingles. The texts themselves belong
 * to their authors and are not here. Start with {@link glasshouse.inspect.licence.LicenceText}; how a text is turned into words is
 * {@link glasshouse.inspect.licence.LicenceWords}.
 */
@NullMarked
package glasshouse.inspect.licence;

import org.jspecify.annotations.NullMarked;
