import type { Outcome } from '@probono/testing';
import type { Facts } from '../src/kernel/envelope.js';

/** What a refusal tells: the facts of each of its reasons, by rule. */
export const told = ({ decision }: Outcome): Readonly<Record<string, Facts>> =>
  Object.fromEntries(decision.accepted ? [] : decision.refusals.map(({ rule, facts }) => [rule, facts]));
