import type { AssignmentId, ConventionId, EmploymentId } from '../kernel/identifiers.js';
import { type Share, sumOfQuotas } from '../time/quota.js';
import type { Month } from '../time/types.js';
import type { AgentTimeState, Entry } from './state.js';

/** The exact sum of the quotas that the person's live assignments have taken. */
export const quotasSum = (state: Readonly<AgentTimeState>): Share => sumOfQuotas(Object.values(state.quotas));

/** The assignments whose quota is taken: the person's live ones on working time. */
export const assignmentsWithQuota = (state: Readonly<AgentTimeState>): readonly AssignmentId[] =>
  Object.keys(state.quotas) as AssignmentId[]; // keys of a record by AssignmentId

/** Every entry that stands: all but the withdrawn. */
export const standingEntries = (state: Readonly<AgentTimeState>): readonly Readonly<Entry>[] =>
  Object.values(state.entries).filter(({ status }) => status !== 'withdrawn');

/** The entries of an assignment that stand. */
export const entriesOfAssignment = (
  state: Readonly<AgentTimeState>,
  assignmentId: AssignmentId,
): readonly Readonly<Entry>[] => standingEntries(state).filter((entry) => entry.assignmentId === assignmentId);

/** Minutes declared under an assignment, as they stand now: an allotment keeps these and releases the rest. */
export const declaredMinutes = (state: Readonly<AgentTimeState>, assignmentId: AssignmentId): number =>
  sum(entriesOfAssignment(state, assignmentId));

/** Minutes of an assignment that HR has validated, closed months and their adjustments included. */
export const validatedMinutes = (state: Readonly<AgentTimeState>, assignmentId: AssignmentId): number =>
  sum(entriesOfAssignment(state, assignmentId).filter(isSettled));

/** The entries, of an assignment or under a convention, that are neither validated nor withdrawn. */
export const unsettledEntries = (
  state: Readonly<AgentTimeState>,
  of: { readonly assignmentId: AssignmentId } | { readonly conventionId: ConventionId },
): readonly Readonly<Entry>[] =>
  standingEntries(state).filter(
    (entry) =>
      !isSettled(entry) &&
      ('assignmentId' in of ? entry.assignmentId === of.assignmentId : entry.conventionId === of.conventionId),
  );

/** True once HR has closed the month for this employment. */
export const isClosed = (state: Readonly<AgentTimeState>, employmentId: EmploymentId, month: Month): boolean =>
  state.months[employmentId]?.[month]?.closed !== undefined;

/** True for an entry that HR has validated, whether or not its month is closed. */
export const isSettled = ({ status }: Readonly<Entry>): boolean => status === 'validated' || status === 'locked';

const sum = (entries: readonly Readonly<Entry>[]): number => entries.reduce((total, { minutes }) => total + minutes, 0);
