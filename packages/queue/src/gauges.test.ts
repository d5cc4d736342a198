import { expect, test } from '@jest/globals';
import { gaugesText } from './gauges.js';

test('gauges are Prometheus text with escaped labels', () => {
  const samples = [{ value: 1.5, labels: { name: 'a "b"\n\\c', kind: 'x' } }, { value: Number.POSITIVE_INFINITY }];
  expect(gaugesText([{ name: 'probono_x', help: 'Two\nlines.', samples }])).toBe(
    '# HELP probono_x Two\\nlines.\n# TYPE probono_x gauge\n' +
      'probono_x{name="a \\"b\\"\\n\\\\c",kind="x"} 1.5\nprobono_x +Inf\n',
  );
});
