// What the tests take from Jest, on Mocha: it runs the same loaded files again for each mutant, Jest loads them anew.
import { expect } from 'expect';
import fc from 'fast-check';
import { bind } from 'jest-each';

// The same cases for every mutant.
fc.configureGlobal({ seed: 20_260_101 });

// Mocha puts its own on the global object again before each file.
const describe = (...args) => globalThis.describe(...args);
const test = (...args) => globalThis.it(...args);
describe.each = bind(describe, false);
test.each = bind(test, false);

export { describe, expect, test };
