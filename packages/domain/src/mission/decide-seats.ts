import { handle, nothing } from '../kernel/command.js';
import type { MissionId } from '../kernel/identifiers.js';
import { ReleaseSeat, TakeSeat } from './commands.js';
import { SeatReleased, SeatTaken } from './events.js';
import { assignable, holdsSeat, seatsLeft } from './queries.js';
import { requireStatus, siteZone } from './requirements.js';
import { mission } from './state.js';

const alone = { id: (data: { missionId: MissionId }) => data.missionId, context: nothing, zone: siteZone };

const takeSeat = handle(TakeSeat, mission, {
  ...alone,
  decide(state, { data: { missionId, assignmentId } }, _, judgement) {
    const held = holdsSeat(state, assignmentId);
    if (!held && requireStatus(judgement, missionId, state, assignable))
      judgement.require('mission.no-seat', seatsLeft(state) > 0, { missionId, seats: state.proposed?.seats ?? 0 });
    return judgement.accept(() => (held ? [] : [SeatTaken.of({ assignmentId })]));
  },
});

// A seat can be given back whatever became of the mission.
const releaseSeat = handle(ReleaseSeat, mission, {
  ...alone,
  decide(state, { data: { assignmentId } }, _, judgement) {
    return judgement.accept(() => (holdsSeat(state, assignmentId) ? [SeatReleased.of({ assignmentId })] : []));
  },
});

/** How seats are reserved and given back, step by step. */
export const seatHandlers = [takeSeat, releaseSeat];
