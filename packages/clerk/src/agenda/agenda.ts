import type {
  AgentTimeFact,
  AssignmentFact,
  ConventionFact,
  Fact,
  MissionFact,
  OrganisationFact,
  PersonFact,
  Recorded,
  ReviewFact,
  ScheduleFact,
} from '@probono/domain';
import { categoryOf } from '@probono/domain';
import type { Projection } from '@probono/read-models';
import { foldAssignment, foldLeaving, foldMission } from './fold-assignment.js';
import { foldConvention, foldReview, foldSecondment } from './fold-convention.js';
import { foldQuota } from './fold-holdings.js';
import { foldOrganisation } from './fold-organisation.js';
import { foldSchedule } from './fold-schedule.js';
import { agendaOver, agendaTables } from './tables.js';

/** The name of the projection; its views are `probono_read.clerk_…`. */
export const agendaName = 'clerk';

/** Names of facts of one aggregate, checked. */
const only =
  <F extends Fact>() =>
  <const T extends readonly F['type'][]>(...types: T): T =>
    types;

const types = {
  convention: only<ConventionFact>()(
    'ConventionDrafted',
    'ConventionRevised',
    'ConventionSubmitted',
    'AgentConsentGiven',
    'AgentConsentWithdrawn',
    'ConventionSignedByParty',
    'SignatureDeclined',
    'ConventionSigned',
    'SecondmentOrderIssued',
    'ConventionEnteredIntoForce',
    'AmendmentProposed',
    'ConventionAmended',
    'HoursAllotted',
    'AllotmentReleased',
    'ConventionSuspended',
    'ConventionResumed',
    'TerminationNoticeGiven',
    'TerminationNoticeWithdrawn',
    'ConventionTerminated',
    'ConventionExpired',
    'ConventionClosed',
  ),
  assignment: only<AssignmentFact>()('AgentAssigned', 'AssignmentEnded'),
  mission: only<MissionFact>()('MissionProposed', 'MissionCancelled', 'SeatTaken', 'SeatReleased'),
  person: only<PersonFact>()('EmploymentEnded', 'SecondmentRecorded'),
  schedule: only<ScheduleFact>()(
    'SessionPlanned',
    'SessionRescheduled',
    'SessionCancelled',
    'SessionReinstated',
    'SessionHeld',
    'SessionMissed',
  ),
  agenttime: only<AgentTimeFact>()('QuotaTaken', 'QuotaReleased'),
  review: only<ReviewFact>()('ReviewRequested'),
  organisation: only<OrganisationFact>()(
    'OrganisationRegistered',
    'HostAccredited',
    'AccreditationRefused',
    'AccreditationSuspended',
    'AccreditationReinstated',
    'AccreditationWithdrawn',
    'AccreditationLapsed',
  ),
};

type Wanted<F extends Fact, C extends keyof typeof types> = Recorded<
  Extract<F, { readonly type: (typeof types)[C][number] }>
>;

type AgendaEvent =
  | { readonly category: 'convention'; readonly event: Recorded<ConventionFact> }
  | { readonly category: 'assignment'; readonly event: Wanted<AssignmentFact, 'assignment'> }
  | { readonly category: 'mission'; readonly event: Wanted<MissionFact, 'mission'> }
  | { readonly category: 'person'; readonly event: Wanted<PersonFact, 'person'> }
  | { readonly category: 'schedule'; readonly event: Wanted<ScheduleFact, 'schedule'> }
  | { readonly category: 'agenttime'; readonly event: Wanted<AgentTimeFact, 'agenttime'> }
  | { readonly category: 'review'; readonly event: Wanted<ReviewFact, 'review'> }
  | { readonly category: 'organisation'; readonly event: Wanted<OrganisationFact, 'organisation'> };

/**
 * What the clerk has to do and when, as a projection: pure, and blind to what was tried. A task stands in
 * `probono_read.clerk_tasks` from the fact that calls for it to the fact that settles it.
 */
export const clerkAgenda: Projection = {
  name: agendaName,
  version: 2,
  types: Object.values(types).flat(),
  tables: agendaTables,
  partitioned: false,
  onFailure: 'park',
  fold(event, rows) {
    const agenda = agendaOver(rows);
    // A stream of a category holds that category's events, and `types` lists no others.
    const known = { category: categoryOf(event.stream), event } as AgendaEvent;
    switch (known.category) {
      case 'convention':
        return foldConvention(agenda, known.event);
      case 'assignment':
        return foldAssignment(agenda, known.event);
      case 'mission':
        return foldMission(agenda, known.event);
      case 'person':
        return known.event.type === 'EmploymentEnded'
          ? foldLeaving(agenda, known.event)
          : foldSecondment(agenda, known.event);
      case 'schedule':
        return foldSchedule(agenda, known.event);
      case 'agenttime':
        return foldQuota(agenda, known.event);
      case 'review':
        return foldReview(agenda, known.event);
      case 'organisation':
        return foldOrganisation(agenda, known.event);
      default:
        return known satisfies never;
    }
  },
};
