import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { AssignmentId, SeriesId, SessionId } from '../kernel/identifiers.js';
import { MAX_DATES, Rhythm, rhythmDates } from '../time/rhythm.js';
import { Site } from '../time/site.js';
import { Fold, LocalDate, LocalTime } from '../time/types.js';
import { SessionMinutes } from './events.js';

const ofSession = { assignmentId: AssignmentId, sessionId: SessionId };

/** A wall-clock time; without a site, that of the mission. */
const slot = {
  date: LocalDate,
  start: LocalTime,
  fold: Fold.optional(),
  minutes: SessionMinutes,
  site: Site.optional(),
};

/** Plans one session. */
export const PlanSession = defineCommand(
  'PlanSession',
  ['programme_officer', 'tutor'],
  z.strictObject({ ...ofSession, ...slot }),
);

/** A session per date of the rhythm from `from` to `to`, both counted; at most {@link MAX_DATES}. */
export const PlanSessionSeries = defineCommand(
  'PlanSessionSeries',
  ['programme_officer', 'tutor'],
  z
    .strictObject({
      assignmentId: AssignmentId,
      seriesId: SeriesId,
      rhythm: Rhythm,
      from: LocalDate,
      to: LocalDate,
      site: Site.optional(),
      start: LocalTime,
      fold: Fold.optional(),
      minutes: SessionMinutes,
      skipHolidays: z.boolean().default(true),
      exclusions: z.array(LocalDate).max(400).default([]),
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'the last day lies before the first' })
    .refine(({ rhythm, from, to }) => rhythmDates(rhythm, from, to, MAX_DATES + 1).length <= MAX_DATES, {
      path: ['to'],
      error: `a series holds at most ${MAX_DATES} sessions: plan a shorter one`,
    }),
);

/** What is not given stays as it is. */
export const RescheduleSession = defineCommand(
  'RescheduleSession',
  ['programme_officer', 'tutor', 'agent'],
  z.strictObject({
    ...ofSession,
    to: z.strictObject({ ...slot, minutes: SessionMinutes.optional() }),
  }),
);

/** Calls a planned session off. */
export const CancelSession = defineCommand(
  'CancelSession',
  ['programme_officer', 'tutor', 'agent', 'system'],
  z.strictObject(ofSession),
);

/** Has a cancelled session take place after all, as it stood. */
export const ReinstateSession = defineCommand(
  'ReinstateSession',
  ['programme_officer', 'tutor', 'system'],
  z.strictObject(ofSession),
);

/** The tutor notes that a session took place; once it has begun. */
export const HoldSession = defineCommand('HoldSession', ['tutor'], z.strictObject(ofSession));

/** The tutor notes that the agent did not come; excused or not, never why. */
export const MissSession = defineCommand(
  'MissSession',
  ['tutor'],
  z.strictObject({ ...ofSession, excused: z.boolean() }),
);
