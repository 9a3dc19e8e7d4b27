/** Unmodified clients and a real browser against the jar that people run. */
package glasshouse.acceptance;
