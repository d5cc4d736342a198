import { type AgentTimeFact, addDays, type Instant, type LocalDate, localDateOf, type Recorded } from '@probono/domain';
import { onDayFrom } from './due.js';
import { monthReminder } from './officers.js';
import { type Policy, sessionPolicyOf } from './policy.js';
import { tutorsOf, windowOf } from './recipients.js';
import { reminderId } from './reminder-id.js';
import { rewrite } from './rewrite.js';
import { replanSession } from './sessions.js';
import type { DueRow, EntryRow, Plan } from './tables.js';

const laterOf = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b);

/** Plans anew whom to ask to confirm an entry: its tutors, as long as it is declared and no more. */
export const replanEntry = (plan: Plan, entry: EntryRow, policy: Policy, asOf: Instant): void => {
  const assignment = plan.assignments.get(entry.assignment_id);
  const mission = assignment && plan.missions.get(assignment.mission_id);
  if (assignment === undefined || mission === undefined) return;
  const wanted = entry.status !== 'declared' ? [] : tutorsOf(plan, mission);
  const framework =
    assignment.convention_id === null ? undefined : plan.conventions.get(assignment.convention_id)?.framework;
  const { confirmAfterDays } = sessionPolicyOf(policy, framework);
  const site = { zone: entry.zone, calendar: mission.calendar };
  // Hours declared late are asked about on the next morning, all together.
  const declaredOn = localDateOf(asOf, entry.zone);
  const from = laterOf(entry.work_date, declaredOn);
  rewrite(
    plan,
    entry.entry_id,
    wanted.map(({ role, personId }): DueRow => {
      const id = reminderId({
        subject: entry.entry_id,
        version: entry.round,
        kind: 'confirm-hours',
        role,
        personId,
      });
      return {
        id,
        kind: 'confirm-hours',
        role,
        person_id: personId,
        subject_kind: 'entry',
        subject_id: entry.entry_id,
        session_id: entry.session_id,
        version: entry.round,
        mission_id: mission.mission_id,
        due_at:
          plan.due.get(id)?.due_at ??
          onDayFrom(addDays(from, confirmAfterDays), policy.dayHour, windowOf(site, plan.people.get(personId), policy)),
        moot_from: null,
        urgent: false,
        ...site,
        detail: { on: entry.work_date },
      };
    }),
    asOf,
  );
};

/** What a fact of an agent's time changes in the plan. */
export const foldHours = (plan: Plan, event: Recorded<AgentTimeFact>, policy: Policy): void => {
  switch (event.type) {
    case 'HoursDeclared': {
      const { entryId, assignmentId, sessionId, workDate, zone, employmentId } = event.data;
      changeEntry(
        plan,
        {
          entry_id: entryId,
          assignment_id: assignmentId,
          session_id: sessionId ?? null,
          work_date: workDate,
          zone,
          status: 'declared',
          round: 1,
        },
        policy,
        event.recordedAt,
      );
      openPeriod(plan, employmentId, workDate.slice(0, 7), policy, event.recordedAt);
      return;
    }
    case 'HoursCorrected': {
      const entry = plan.entries.get(event.data.entryId);
      if (entry === undefined) return;
      const round = entry.status === 'settled' ? entry.round + 1 : entry.round;
      changeEntry(plan, { ...entry, status: 'declared', round }, policy, event.recordedAt);
      return;
    }
    case 'HoursConfirmed':
    case 'HoursContested':
    case 'ContestResolved':
    case 'HoursValidated':
    case 'HoursWithdrawn': {
      const entry = plan.entries.get(event.data.entryId);
      const status = event.type === 'HoursWithdrawn' ? 'withdrawn' : 'settled';
      if (entry !== undefined) changeEntry(plan, { ...entry, status }, policy, event.recordedAt);
      return;
    }
    case 'PeriodClosed': {
      const { employmentId, month } = event.data;
      plan.periods.put({ employment_id: employmentId, month, closed: true });
      replanMonth(plan, month, policy, event.recordedAt);
      return;
    }
    case 'AdjustmentRecorded':
    case 'QuotaTaken':
    case 'QuotaReleased':
      return;
    default:
      event satisfies never;
  }
};

const changeEntry = (plan: Plan, entry: EntryRow, policy: Policy, asOf: Instant): void => {
  plan.entries.put(entry);
  replanEntry(plan, entry, policy, asOf);
  // Whether the agent is still to be asked to declare has changed with it.
  for (const session of plan.sessions.where('assignment_id', entry.assignment_id)) {
    const meant =
      session.session_id === entry.session_id || (entry.session_id === null && session.date === entry.work_date);
    if (meant) replanSession(plan, session, policy, asOf);
  }
};

const openPeriod = (plan: Plan, employmentId: string, month: string, policy: Policy, asOf: Instant): void => {
  if (plan.periods.get(employmentId, month) !== undefined) return;
  plan.periods.put({ employment_id: employmentId, month, closed: false });
  replanMonth(plan, month, policy, asOf);
};

/** One mail for the month, as long as one employment's is open. */
const replanMonth = (plan: Plan, month: string, policy: Policy, asOf: Instant): void => {
  const open = plan.periods.where('month', month).some(({ closed }) => !closed);
  rewrite(plan, month, open ? [monthReminder(month, policy)] : [], asOf);
};
