/** The house rules as tests: arrows between modules and packages, what each may touch, names and sizes. */
package glasshouse.house;
