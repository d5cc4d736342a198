import * as z from 'zod';
import { defineCommand } from '../kernel/command.js';
import { AssignmentId, EmploymentId, EntryId, PersonId, SessionId } from '../kernel/identifiers.js';
import { WorkQuota } from '../time/quota.js';
import { Fold, LocalDate, LocalTime, Month } from '../time/types.js';

const ofEntry = { personId: PersonId, entryId: EntryId };
const deltaMinutes = z.int().min(-1440).max(1440);

/** `start` is a wall-clock time at the site; without it the entry counts for limits only. */
export const DeclareHours = defineCommand(
  'DeclareHours',
  ['agent'],
  z.strictObject({
    ...ofEntry,
    assignmentId: AssignmentId,
    sessionId: SessionId.optional(),
    workDate: LocalDate,
    start: LocalTime.optional(),
    fold: Fold.optional(),
    minutes: z.int().min(-1440).max(1440),
    activity: z.string().min(1).max(500),
  }),
);

/** A tutor of that host or mission stands by an entry. */
export const ConfirmHours = defineCommand('ConfirmHours', ['tutor'], z.strictObject(ofEntry));

/** `claimedMinutes` is what the tutor says it was. */
export const ContestHours = defineCommand(
  'ContestHours',
  ['tutor'],
  z.strictObject({ ...ofEntry, claimedMinutes: z.int().min(0).max(1440) }),
);

/** An officer settles a contest, at most at what was declared; this is the confirmation. */
export const ResolveContest = defineCommand(
  'ResolveContest',
  ['programme_officer'],
  z.strictObject({ ...ofEntry, minutes: z.int().min(0).max(1440) }),
);

/** Takes minutes off an entry or adds some. A difference, so giving it twice makes two. */
export const CorrectHours = defineCommand('CorrectHours', ['agent'], z.strictObject({ ...ofEntry, deltaMinutes }));

/** Takes an entry back, until its month is closed. */
export const WithdrawHours = defineCommand('WithdrawHours', ['agent'], z.strictObject(ofEntry));

/** HR of the employer admits a confirmed entry. */
export const ValidateHours = defineCommand('ValidateHours', ['hr'], z.strictObject(ofEntry));

/** HR closes a month that is over and settled; months in order. */
export const ClosePeriod = defineCommand(
  'ClosePeriod',
  ['hr'],
  z.strictObject({ personId: PersonId, employmentId: EmploymentId, month: Month }),
);

/** `countsIn` is an open month, not after the present one. */
export const RecordAdjustment = defineCommand(
  'RecordAdjustment',
  ['hr'],
  z.strictObject({ ...ofEntry, deltaMinutes, countsIn: Month }),
);

const ofAssignment = { personId: PersonId, assignmentId: AssignmentId };

/** Reserves a share of the duty; part of an assignment, for stores that cannot append to several streams at once. */
export const TakeQuota = defineCommand(
  'TakeQuota',
  ['programme_officer', 'system'],
  z.strictObject({ ...ofAssignment, quota: WorkQuota }),
);

/** Gives it back; what was not taken is given back already. */
export const ReleaseQuota = defineCommand(
  'ReleaseQuota',
  ['programme_officer', 'system'],
  z.strictObject(ofAssignment),
);
