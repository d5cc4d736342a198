import type {
  AgentTimeFact,
  AssignmentFact,
  ConventionFact,
  MissionFact,
  OrganisationFact,
  PersonFact,
  Recorded,
  ScheduleFact,
} from '@probono/domain';
import { categoryOf } from '@probono/domain';
import type { Projection } from '@probono/read-models';
import { foldConvention } from './conventions.js';
import { foldHours } from './hours.js';
import { foldAssignment, foldMission, foldOrganisation, foldPerson } from './people.js';
import { defaultPolicy, type Policy } from './policy.js';
import { foldSchedule } from './schedule.js';
import { planOver, planTables } from './tables.js';

/** The name of the projection; its views are `probono_read.reminder_plan_…`. */
export const planName = 'reminder_plan';

/** Events of one category that the plan wants. */
const types = {
  schedule: [
    'SessionSeriesPlanned',
    'SessionPlanned',
    'SessionRescheduled',
    'SessionCancelled',
    'SessionReinstated',
    'SessionHeld',
    'SessionMissed',
  ],
  person: ['PersonRegistered', 'ContactPreferencesChanged'],
  organisation: ['TutorDesignated', 'TutorReplaced', 'HostAccredited', 'AccreditationWithdrawn', 'AccreditationLapsed'],
  mission: ['MissionProposed'],
  assignment: ['AgentAssigned'],
  agenttime: [
    'HoursDeclared',
    'HoursCorrected',
    'HoursConfirmed',
    'HoursContested',
    'ContestResolved',
    'HoursValidated',
    'HoursWithdrawn',
    'PeriodClosed',
  ],
  convention: [
    'ConventionDrafted',
    'ConventionRevised',
    'AmendmentProposed',
    'ConventionSigned',
    'ConventionAmended',
    'TerminationNoticeGiven',
    'TerminationNoticeWithdrawn',
    'ConventionTerminated',
    'ConventionExpired',
    'ConventionClosed',
  ],
} as const;

type PlanEvent =
  | { readonly category: 'schedule'; readonly event: Recorded<ScheduleFact> }
  | { readonly category: 'person'; readonly event: Recorded<PersonFact> }
  | { readonly category: 'organisation'; readonly event: Recorded<OrganisationFact> }
  | { readonly category: 'mission'; readonly event: Recorded<MissionFact> }
  | { readonly category: 'assignment'; readonly event: Recorded<AssignmentFact> }
  | { readonly category: 'agenttime'; readonly event: Recorded<AgentTimeFact> }
  | { readonly category: 'convention'; readonly event: Recorded<ConventionFact> };

/**
 * The plan of reminders under a policy, as a projection: pure, and blind to what was sent. A rebuild yields the same
 * rows with the same ids, and sends nothing: what was sent stands in each person's notification stream.
 *
 * A policy that differs in anything needs a `version` of its own.
 */
export const reminderPlanOf = (policy: Policy): Projection => ({
  name: planName,
  version: policy.version,
  types: Object.values(types).flat(),
  tables: Object.values(planTables),
  partitioned: false,
  onFailure: 'park',
  fold(event, rows) {
    const plan = planOver(rows, event.correlationId);
    // A stream of a category holds that category's events, and `types` lists no others.
    const known = { category: categoryOf(event.stream), event } as PlanEvent;
    switch (known.category) {
      case 'schedule':
        return foldSchedule(plan, known.event, policy);
      case 'person':
        return foldPerson(plan, known.event, policy);
      case 'organisation':
        return foldOrganisation(plan, known.event, policy);
      case 'mission':
        return foldMission(plan, known.event);
      case 'assignment':
        return foldAssignment(plan, known.event);
      case 'agenttime':
        return foldHours(plan, known.event, policy);
      case 'convention':
        return foldConvention(plan, known.event, policy);
      default:
        return known satisfies never;
    }
  },
});

/** The plan under the {@link defaultPolicy}. */
export const reminderPlan: Projection = reminderPlanOf(defaultPolicy);
