/** What tests are made of; nothing of ours is imported here, so that a test never checks a thing by itself. */
@NullMarked
package glasshouse.testkit;

import org.jspecify.annotations.NullMarked;
