import { assignment } from '../assignment/state.js';
import type { Framework } from '../framework/columns.js';
import { type Frameworks, frameworkFor } from '../framework/frameworks.js';
import { holdsOn } from '../framework/validity.js';
import { type CommandHandler, type Effective, handle } from '../kernel/command.js';
import { digestOf } from '../kernel/digest.js';
import type { Judgement } from '../kernel/judgement.js';
import { read } from '../kernel/reading.js';
import type { KernelRuleId } from '../kernel/rules.js';
import { requireRegistered, requireRepresentative } from '../organisation/designation.js';
import type { OrganisationRuleId } from '../organisation/rules.js';
import { type OrganisationState, organisation } from '../organisation/state.js';
import { addMonths, yearOf } from '../time/calendar.js';
import { GrantLeave, ReportAccident } from './commands.js';
import { AccidentReported, LeaveGranted } from './events.js';
import { leaveAllowanceOn, leaveDaysByYear } from './leave-allowance.js';
import { employedOn, employmentOf } from './queries.js';
import type { PersonRuleId } from './rules.js';
import { requireEmployment } from './standing.js';
import { type Leave, type PersonState, person } from './state.js';

type Ruling = Judgement<PersonRuleId | OrganisationRuleId | KernelRuleId | 'assignment.wrong-state'>;

interface Parties {
  readonly employer: Readonly<OrganisationState> | undefined;
  readonly host: Readonly<OrganisationState>;
}

const none = { days: 0, spells: 0, hostDeclaredMonths: 0, office: true, source: undefined };

const judgeLeave = (
  judgement: Ruling,
  framework: Framework | undefined,
  state: Readonly<PersonState>,
  leave: Leave,
  { employer, host }: Parties,
) => {
  const longest = leaveAllowanceOn(framework, leave.from) ?? none;
  const applied = { source: longest.source ?? framework?.leave.source };
  const calendar = employer?.registered?.holidayCalendar;
  const { hostId } = leave;

  const granted = new Map<number, number>();
  for (const each of [...state.leaves, leave]) {
    for (const [year, days] of leaveDaysByYear(each, calendar)) granted.set(year, (granted.get(year) ?? 0) + days);
  }
  for (const year of leaveDaysByYear(leave, calendar).keys()) {
    const days = granted.get(year) ?? 0;
    judgement.require('leave.days-exceeded', days <= longest.days, { year, days, longest: longest.days }, applied);
  }

  const year = yearOf(leave.from);
  const spells = state.leaves.filter(({ from }) => yearOf(from) === year).length + 1;
  judgement.require(
    'leave.too-many-spells',
    spells <= longest.spells,
    { year, spells, longest: longest.spells },
    applied,
  );

  judgement.require('leave.office-missing', leave.officeHeld || !longest.office, { hostId }, applied);

  const kind = host.registered?.kind;
  const admitted = framework?.hosts.value.some((row) => row.kind === kind && holdsOn(row, leave.from)) ?? false;
  const facts = { hostId, kind: kind ?? 'none', on: leave.from };
  // How long a body that is not admitted has existed is moot.
  if (!judgement.require('leave.host-not-eligible', admitted, facts, { source: framework?.hosts.source })) return;
  const declaredOn = host.registered?.declaredOn;
  const months = longest.hostDeclaredMonths;
  judgement.require(
    'leave.host-too-young',
    declaredOn !== undefined && addMonths(declaredOn, months) <= leave.from,
    { hostId, declaredOn: declaredOn ?? null, months, on: leave.from },
    applied,
  );
};

const requireEmployedThroughout = (
  judgement: Ruling,
  state: Readonly<PersonState>,
  { data: { personId, employmentId, from, to } }: Pick<Effective<Leave & { personId: string }>, 'data'>,
): boolean =>
  judgement.require(
    'person.wrong-state',
    employedOn(state, employmentId, from) && employedOn(state, employmentId, to),
    { personId, employmentId, from, to, status: 'not employed throughout', expected: 'employed' },
  );

const grant = (table: Frameworks): CommandHandler =>
  handle(GrantLeave, person, {
    id: ({ personId }) => personId,
    *context(state, { data }) {
      const employment = employmentOf(state, data.employmentId);
      const employer = employment && (yield* read(organisation, employment.employerId));
      const framework = frameworkFor(table, 'unpaid_leave', data.from);
      return { employer, host: yield* read(organisation, data.hostId), framework };
    },
    zone: ({ registered }, { employer }) => employer?.registered?.zone ?? registered?.zone,
    framework: (_state, { framework }) => framework && { id: framework.id, version: framework.version },
    decide(state, command, parties, judgement: Ruling) {
      const { personId, ...leave } = command.data;
      const employment = requireEmployment(judgement, state, personId, leave.employmentId);
      if (employment === undefined || parties.employer === undefined) return [];
      requireRepresentative(judgement, parties.employer, employment.employerId, command.meta.actor, 'hr');
      const digest = digestOf(leave);
      if (state.leaves.some((granted) => digestOf(granted) === digest)) return [];
      requireEmployedThroughout(judgement, state, command);
      if (requireRegistered(judgement, parties.host, leave.hostId))
        judgeLeave(judgement, parties.framework, state, leave, parties);
      return judgement.accept(() => [LeaveGranted.of(leave)]);
    },
  });

const report = handle(ReportAccident, person, {
  id: ({ personId }) => personId,
  *context(state, { data }) {
    const { assigned } = yield* read(assignment, data.assignmentId);
    const employment = employmentOf(state, assigned?.employmentId);
    return { assigned, employment, employer: employment && (yield* read(organisation, employment.employerId)) };
  },
  zone: ({ registered }, { employer }) => employer?.registered?.zone ?? registered?.zone,
  decide(state, { data: { personId, ...reported }, meta }, context, judgement: Ruling) {
    const { assigned, employment, employer } = context;
    const theirs = judgement.require('assignment.wrong-state', assigned?.personId === personId, {
      assignmentId: reported.assignmentId,
      status: assigned === undefined ? 'none' : 'of another person',
      expected: 'assigned',
    });
    if (theirs) {
      // Someone who gives their own time has no employer here, and so no HR that could report.
      if (employment === undefined || employer === undefined) {
        judgement.require('role.not-designated', meta.actor.role !== 'hr', {
          role: meta.actor.role,
          actorId: meta.actor.id,
          scope: `assignment ${reported.assignmentId}`,
        });
      } else requireRepresentative(judgement, employer, employment.employerId, meta.actor, 'hr');
    }
    const already = state.accidents.some(
      ({ assignmentId, on }) => assignmentId === reported.assignmentId && on === reported.on,
    );
    return judgement.accept(() => (already ? [] : [AccidentReported.of(reported)]));
  },
});

/** What HR records of an employment as it goes: leave for an office in an association, accidents. */
export const leaveHandlers = (table: Frameworks): readonly CommandHandler[] => [grant(table), report];
