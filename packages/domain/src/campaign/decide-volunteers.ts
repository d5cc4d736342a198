import { type AssignmentState, assignment } from '../assignment/state.js';
import { type Frameworks, frameworkFor } from '../framework/frameworks.js';
import { type CommandHandler, handle } from '../kernel/command.js';
import { sameFacts } from '../kernel/digest.js';
import { into } from '../kernel/event.js';
import type { CampaignId, PersonId } from '../kernel/identifiers.js';
import { type Reading, read } from '../kernel/reading.js';
import { streamName } from '../kernel/stream.js';
import { SeatReleased, SeatTaken } from '../mission/events.js';
import { assignable, holdsSeat, seatsLeft } from '../mission/queries.js';
import { type MissionState, mission } from '../mission/state.js';
import { requireInPerson, requireReadable } from '../person/standing.js';
import { person } from '../person/state.js';
import { EnrolVolunteer, WithdrawEnrolment } from './commands.js';
import { EnrolmentWithdrawn, VolunteerEnrolled } from './events.js';
import { type Rules, regionZone, requireDayAhead, requireStatus } from './requirements.js';
import { type CampaignState, campaign, type Placement } from './state.js';

interface Place {
  readonly on: Readonly<MissionState>;
  /** What was made of the id that the seat is held under. */
  readonly held: Readonly<AssignmentState>;
}

function* placeOf(placement: Placement | null | undefined): Reading<Place> {
  if (!placement) return { on: mission.initial(), held: assignment.initial() };
  return { on: yield* read(mission, placement.missionId), held: yield* read(assignment, placement.assignmentId) };
}

interface Asked {
  readonly campaignId: CampaignId;
  readonly personId: PersonId;
  readonly placement: Placement;
}

/** Looks at whether the mission is in the campaign and has a seat that can be held under that id. */
const requirePlace = (rules: Rules, asked: Asked, state: Readonly<CampaignState>, { on, held }: Place): void => {
  const { campaignId, personId, placement } = asked;
  const { missionId, assignmentId } = placement;
  const holder = state.seats[assignmentId];
  const { applied } = held;
  const free = holder === undefined || holder === personId;
  const own = applied === undefined || (applied.personId === personId && applied.missionId === missionId);
  rules.require('campaign.assignment-of-other', free && own, { assignmentId });
  const joined = state.missions[missionId] !== undefined;
  if (!rules.require('campaign.mission-not-in-campaign', joined, { campaignId, missionId })) return;
  const expected = [...assignable];
  const { status } = on;
  if (!rules.require('mission.wrong-state', expected.includes(status), { missionId, status, expected })) return;
  const seats = on.proposed?.seats ?? 0;
  rules.require('mission.no-seat', holdsSeat(on, assignmentId) || seatsLeft(on) > 0, { missionId, seats });
};

const placementIn = ({ missionId, assignmentId }: { [K in keyof Placement]?: Placement[K] | undefined }) =>
  missionId === undefined || assignmentId === undefined ? null : { missionId, assignmentId };

const enrol = (table: Frameworks): CommandHandler =>
  handle(EnrolVolunteer, campaign, {
    id: ({ campaignId }) => campaignId,
    *context(_, { data }) {
      return { volunteer: yield* read(person, data.personId), ...(yield* placeOf(placementIn(data))) };
    },
    zone: regionZone,
    // Wherever they work, they take part on their own time.
    framework({ opened }) {
      const row = opened && frameworkFor(table, 'own_time', opened.on);
      return row && { id: row.id, version: row.version };
    },
    decide(state, { data, meta: { actor }, effectiveOn }, { volunteer, ...place }, rules: Rules) {
      const { campaignId, personId } = data;
      const placement = placementIn(data);
      requireInPerson(rules, actor, personId);
      const known = state.volunteers[personId];
      if (known !== undefined && sameFacts(known, placement)) return [];
      if (!requireStatus(rules, campaignId, state, ['open']) || state.opened === undefined) return [];
      requireDayAhead(rules, campaignId, state.opened.on, effectiveOn);
      requireReadable(rules, volunteer, personId);
      const missionId = known?.missionId ?? null;
      const settled = rules.require('campaign.already-enrolled', missionId === null, { personId, missionId });
      if (placement && settled) requirePlace(rules, { campaignId, personId, placement }, state, place);
      return rules.accept(() => {
        if (!placement) return [VolunteerEnrolled.of({ personId })];
        const { assignmentId } = placement;
        const seat = into(streamName('mission', placement.missionId), SeatTaken.of({ assignmentId }));
        const enrolled = VolunteerEnrolled.of({ personId, ...placement });
        return holdsSeat(place.on, assignmentId) ? [enrolled] : [enrolled, seat];
      });
    },
  });

const withdraw = handle(WithdrawEnrolment, campaign, {
  id: ({ campaignId }) => campaignId,
  *context({ volunteers }, { data }) {
    return yield* placeOf(volunteers[data.personId]);
  },
  zone: regionZone,
  decide(state, { data: { campaignId, personId }, meta: { actor } }, { on, held }, rules: Rules) {
    requireInPerson(rules, actor, personId);
    if (state.withdrawn[personId]) return [];
    if (!requireStatus(rules, campaignId, state, ['open'])) return [];
    const placement = state.volunteers[personId];
    const enrolled = placement !== undefined;
    rules.require('campaign.wrong-state', enrolled, { campaignId, personId, status: 'none', expected: 'enrolled' });
    const assigned = held.status === 'assigned' || held.status === 'onboarded';
    const assignmentId = placement?.assignmentId ?? null;
    rules.require('campaign.volunteer-assigned', !assigned, { personId, assignmentId });
    return rules.accept(() => {
      const withdrawn = EnrolmentWithdrawn.of({ personId });
      if (!placement || !holdsSeat(on, placement.assignmentId)) return [withdrawn];
      const seat = SeatReleased.of({ assignmentId: placement.assignmentId });
      return [withdrawn, into(streamName('mission', placement.missionId), seat)];
    });
  },
});

/** How volunteers enrol, are given a mission and withdraw. */
export const volunteerHandlers = (table: Frameworks): readonly CommandHandler[] => [enrol(table), withdraw];
