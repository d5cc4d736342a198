import { entriesOfAssignment, isSettled } from '../agent-time/queries.js';
import { agentTime } from '../agent-time/state.js';
import { handle } from '../kernel/command.js';
import { digestOf } from '../kernel/digest.js';
import type { AssignmentId } from '../kernel/identifiers.js';
import { read } from '../kernel/reading.js';
import { IssueServiceCertificate, SupersedeServiceCertificate } from './commands.js';
import { type CertifiedPeriod, ServiceCertificateIssued, ServiceCertificateSuperseded } from './events.js';
import { conventionOf, covers } from './queries.js';
import { missionOf, requireStatus, sinceAssigned, siteZone } from './requirements.js';
import { assignment } from './state.js';

const id = (data: { assignmentId: AssignmentId }) => data.assignmentId;

/** What a certificate's hash stands for; anyone who holds the three can compute it anew. */
export const certificateHash = (certified: {
  readonly assignmentId: AssignmentId;
  readonly periods: readonly CertifiedPeriod[];
  readonly minutes: number;
}): string => {
  const { assignmentId, periods, minutes } = certified;
  return digestOf({ assignmentId, periods, minutes });
};

const issue = handle(IssueServiceCertificate, assignment, {
  id,
  *context(state) {
    const time = state.assigned === undefined ? agentTime.initial() : yield* read(agentTime, state.assigned.personId);
    return { on: yield* missionOf(state), time };
  },
  zone: (_, { on }) => siteZone(on),
  decide(state, { data: { assignmentId, periods } }, { time }, judgement) {
    // Hours are made under a convention only, so there is nothing else to certify.
    const lent = conventionOf(state) !== undefined;
    if (!requireStatus(judgement, assignmentId, state, lent ? sinceAssigned : [])) return [];
    const entries = entriesOfAssignment(time, assignmentId).filter(({ workDate }) => covers(periods, workDate));
    const unsettled = entries.filter((entry) => !isSettled(entry));
    judgement.require('assignment.certificate-hours-unsettled', unsettled.length === 0, {
      assignmentId,
      count: unsettled.length,
      entryIds: unsettled.slice(0, 100).map(({ entryId }) => entryId),
    });
    const minutes = entries.reduce((sum, entry) => sum + entry.minutes, 0);
    const hash = certificateHash({ assignmentId, periods, minutes });
    if (state.certificates[hash]?.superseded === false) return [];
    const replaced = Object.entries(state.certificates).filter(
      ([, held]) => !held.superseded && held.periods.some((period) => overlaps(period, periods)),
    );
    return judgement.accept(() => [
      ...replaced.map(([old]) => ServiceCertificateSuperseded.of({ hash: old })),
      ServiceCertificateIssued.of({ assignmentId, periods, minutes, hash }),
    ]);
  },
});

const overlaps = (period: CertifiedPeriod, periods: readonly CertifiedPeriod[]): boolean =>
  periods.some(({ from, to }) => from <= period.to && period.from <= to);

const supersede = handle(SupersedeServiceCertificate, assignment, {
  id,
  context: missionOf,
  zone: (_, on) => siteZone(on),
  decide(state, { data: { assignmentId, hash } }, _, judgement) {
    const certificate = state.certificates[hash];
    requireStatus(judgement, assignmentId, state, certificate === undefined ? [] : sinceAssigned);
    return judgement.accept(() => (certificate?.superseded ? [] : [ServiceCertificateSuperseded.of({ hash })]));
  },
});

/** How the service done is certified. */
export const certificateHandlers = [issue, supersede];
