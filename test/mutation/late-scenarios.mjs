import { scenarios as atOnce } from '@probono/testing';

export * from '@probono/testing';

let loading = true;
globalThis.before(() => {
  loading = false;
});

const late = (history) => ({
  get history() {
    return loading ? [{ history }] : history().history;
  },
  and: (...more) => late(() => history().and(...decided(more))),
  when: (...command) => (loading ? lateOutcome(() => history().when(...command)) : history().when(...command)),
  state: (stream) => history().state(stream),
});

/** Facts, with those of late histories in the place of what stood for them. */
const decided = (facts) => facts.flatMap((fact) => ('history' in fact ? fact.history().history : [fact]));

const lateOutcome = (outcome) => ({
  get decision() {
    return outcome().decision;
  },
  get reads() {
    return outcome().reads;
  },
  expectEvents: (...facts) => outcome().expectEvents(...facts),
  expectAlreadySo: () => outcome().expectAlreadySo(),
  expectRefusals: (...rules) => outcome().expectRefusals(...rules),
  expectFindings: (...rules) => outcome().expectFindings(...rules),
  next: () => late(() => outcome().next()),
});

/**
 * Scenarios that do not decide while files load: a history that is written beside the tests is decided anew in each
 * test that uses it, under the mutant of that run.
 */
export const scenarios = (decider) => {
  const { given } = atOnce(decider);
  return { given: (...history) => (loading ? late(() => given(...decided(history))) : given(...decided(history))) };
};
