import type { AssignmentId } from '../kernel/identifiers.js';
import type { MissionState, MissionStatus } from './state.js';

/** How many seats are free; 0 where there is no mission. */
export const seatsLeft = (mission: Readonly<MissionState>): number =>
  Math.max(0, (mission.proposed?.seats ?? 0) - mission.seatsTaken);

/** True when this assignment holds one of the seats. */
export const holdsSeat = (mission: Readonly<MissionState>, assignmentId: AssignmentId): boolean =>
  mission.seats[assignmentId] === true;

/** Where an officer may assign: approved, whether or not it is published, and not over. */
export const assignable: readonly MissionStatus[] = ['approved', 'published', 'started'];

/** Where people may apply. */
export const openToApplications: readonly MissionStatus[] = ['published', 'started'];

/** True when a mission draws on no professional skill, by its kind or in the officer's judgement. */
export const isGeneralSupport = (mission: Readonly<MissionState>): boolean =>
  mission.proposed?.kind === 'general_support' || mission.approved?.skillsUseful === false;
