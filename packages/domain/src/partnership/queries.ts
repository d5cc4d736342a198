import { type ContributionKind, PartnershipStage } from './events.js';
import type { PartnershipState } from './state.js';

/** What was given of one kind; `cents` of the contributions whose value is known. */
export interface ContributedSum {
  readonly count: number;
  readonly cents: number;
  readonly minutes: number;
}

const nothing: ContributedSum = { count: 0, cents: 0, minutes: 0 };

/** What the partners have given one another so far, by kind. */
export const contributedSoFar = ({
  contributions,
}: Readonly<PartnershipState>): { readonly [K in ContributionKind]: ContributedSum } => {
  const sums: { [K in ContributionKind]: ContributedSum } = { financial: nothing, in_kind: nothing, skills: nothing };
  for (const each of Object.values(contributions)) {
    const { count, cents, minutes } = sums[each.kind];
    sums[each.kind] = {
      count: count + 1,
      cents: cents + (each.cents ?? 0),
      minutes: minutes + ('minutes' in each ? each.minutes : 0),
    };
  }
  return sums;
};

/** True when stage `to` lies beyond `from`; stages may be skipped, and there is no way back. */
export const isBeyond = (from: PartnershipStage, to: PartnershipStage): boolean =>
  PartnershipStage.options.indexOf(to) > PartnershipStage.options.indexOf(from);
