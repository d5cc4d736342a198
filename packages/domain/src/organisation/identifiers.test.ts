import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isRna, isSiren } from './identifiers.js';

describe('a SIREN', () => {
  test.each(['732829320', '356000000', '130025265'])('%s is valid', (siren) => {
    expect(isSiren(siren)).toBe(true);
  });

  test.each(['732829321', '73282932', '7328293200', '000000000', '73282932a', ''])('"%s" is not', (siren) => {
    expect(isSiren(siren)).toBe(false);
  });

  test('has exactly one right check digit for every eight digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999 }), (n) => {
        const stem = String(n).padStart(8, '0');
        const right = [...'0123456789'].filter((check) => isSiren(stem + check));
        expect(right).toHaveLength(1);
      }),
    );
  });
});

describe('an RNA number', () => {
  test.each(['W751234567', 'W9R1234567', 'W2A1234567'])('%s is valid', (rna) => {
    expect(isRna(rna)).toBe(true);
  });

  test.each(['751234567', 'W75123456', 'W7512345678', 'WA51234567', 'w751234567'])('%s is not', (rna) => {
    expect(isRna(rna)).toBe(false);
  });
});
