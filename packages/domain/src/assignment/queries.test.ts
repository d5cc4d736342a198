import { describe, expect, test } from '@jest/globals';
import { days, ids, terms } from '../../test/lending.js';
import { LocalDate } from '../time/types.js';
import { AssignmentTerms } from './events.js';
import { assignedOn, conventionOf } from './queries.js';
import { type AssignmentState, assignment } from './state.js';

const day = (date: string) => LocalDate.parse(date);
const assigned: AssignmentState = {
  ...assignment.initial(),
  status: 'assigned',
  assigned: AssignmentTerms.parse(terms),
};

describe('someone is on the mission', () => {
  test.each([
    ['2027-01-10', false],
    [days.from, true],
    [days.to, true],
    ['2027-07-01', false],
  ])('on %s: %s', (date, expected) => expect(assignedOn(assigned, day(date))).toBe(expected));
  test('only if assigned', () => {
    expect(assignedOn(assignment.initial(), day(days.from))).toBe(false);
  });
  test('to the day it ended, that day included', () => {
    const ended: AssignmentState = { ...assigned, ended: { on: day('2027-03-31'), cause: 'completed' } };
    expect(assignedOn(ended, day('2027-03-31'))).toBe(true);
    expect(assignedOn(ended, day('2027-04-01'))).toBe(false);
  });
  test('under the convention of the title, if it is one', () => {
    expect(conventionOf(assigned)).toBe(ids.convention);
    const volunteer = AssignmentTerms.parse({ ...terms, title: { volunteering: true } });
    expect(conventionOf({ ...assigned, assigned: volunteer })).toBeUndefined();
  });
});
