import { addDays, addMonths, type LocalDate, type Month, monthOf } from '@probono/domain';
import type { Post } from './post.js';
import { DAY, MINUTE, type Scene, utc } from './scene.js';

/** Month after month HR validates what was confirmed, closes the month, and sometimes adjusts it afterwards. */
export const closeMonths = (scene: Scene, post: Post, date: LocalDate): void => {
  const { agent, cohort } = post;
  const month = monthOf(date);
  if (date > cohort.to) return;
  const first = `${month}-01` as LocalDate; // an ISO date by construction
  const next = addMonths(first, 1);
  const validating = utc(addDays(next, 6)) + scene.random.below(600) * MINUTE;
  scene.later(validating, () => {
    const entries = agent.entries.get(month);
    agent.entries.delete(month);
    if (entries !== undefined) settleMonth(scene, post, month, [...entries]);
    closeMonths(scene, post, next);
  });
  if (scene.random.chance(0.03))
    scene.later(utc(addDays(next, -4)), () => {
      const data = { personId: agent.personId, employmentId: agent.employmentId, month };
      scene.give('ClosePeriod', data, agent.hr, 'hr', { expected: 'period.not-ended' });
    });
};

const settleMonth = (scene: Scene, { agent }: Post, month: Month, entryIds: readonly string[]): void => {
  const { random } = scene;
  const { personId, employmentId, hr } = agent;
  for (const entryId of entryIds) scene.give('ValidateHours', { personId, entryId }, hr, 'hr');
  const period = { personId, employmentId, month };
  scene.later(scene.now + DAY, () => scene.give('ClosePeriod', period, hr, 'hr'));
  const [entryId] = entryIds;
  if (entryId === undefined || !random.chance(0.1)) return;
  scene.later(scene.now + 2 * DAY, () => {
    if (random.chance(0.3))
      scene.give('WithdrawHours', { personId, entryId }, personId, 'agent', { expected: 'hours.period-closed' });
    const countsIn = monthOf(new Date(scene.now).toISOString().slice(0, 10) as LocalDate); // an ISO date
    scene.give('RecordAdjustment', { personId, entryId, deltaMinutes: -30, countsIn }, hr, 'hr');
    // An adjustment is to be closed with the month it counts in.
    if (!agent.entries.has(countsIn)) agent.entries.set(countsIn, new Set());
  });
};
