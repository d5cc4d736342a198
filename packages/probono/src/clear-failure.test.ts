import { expect, test } from '@jest/globals';
import { ConfigurationError, clearFailure } from './index.js';

test.each([
  [new ConfigurationError('PROBONO_STORE: expected an address'), 'PROBONO_STORE: expected an address'],
  [
    new Error('Connection terminated unexpectedly'),
    'the connection to the database was lost (Connection terminated unexpectedly); see that it runs, and try again',
  ],
  [
    Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
    expect.stringMatching(/^the connection to the database was lost/),
  ],
  [new TypeError('undefined is not a function'), undefined],
])('what its surroundings do to a program is told in one line, a bug is not: %s', (error, line) => {
  expect(clearFailure(error)).toEqual(line);
});
