# The two commands that matter are ./glasshouse serve and mvn verify; these are short cuts for people who work here.
JDK25 := $(shell ./glasshouse java-home 2>/dev/null)

.PHONY: check accept long bench fmt run
check:            ## everything but the acceptance tests (3 minutes)
	mvn verify -pl '!acceptance,!bench'
accept:           ## the acceptance tests alone: real clients and a browser
	mvn verify -pl acceptance -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest='glasshouse.acceptance.**'
long:             ## bigger budgets and more seeds
	mvn verify -Dseeds=2000
bench:            ## speed and memory; writes bench/RESULTS.md
	./bench/run
fmt:              ## format the sources
	JAVA_HOME=$(JDK25) mvn -q spotless:apply
run:
	./glasshouse serve
