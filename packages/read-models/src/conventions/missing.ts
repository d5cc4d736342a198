import type { ConventionState, Party } from '@probono/domain';

/** A step that a convention still needs before it can be in force for all its agents. */
export type MissingStep =
  | { readonly step: 'submission' | 'assembly' }
  | { readonly step: 'communication' | 'consent' | 'compatibility' | 'order'; readonly personId: string }
  | { readonly step: 'signature'; readonly party: Party };

/**
 * What is missing, in the order in which it has to be done; of the amendment while one is on the table. Nothing once the
 * convention is closed, expired or at its end by a notice for all.
 */
export const missingSteps = (state: ConventionState): readonly MissingStep[] => {
  const text = state.pending ?? state.texts.at(-1);
  if (text === undefined || state.closed || state.expiredOn !== undefined || state.terminated.whole !== undefined)
    return [];
  const { submission } = text;
  if (submission === undefined) return [{ step: 'submission' }];
  const { required, signatories } = submission;
  const persons = text.terms.agents.map(({ personId }) => personId).filter((id) => state.terminated[id] === undefined);
  const each = (
    step: 'communication' | 'consent' | 'compatibility' | 'order',
    wanted: boolean,
    done: (personId: string) => boolean,
  ): readonly MissingStep[] =>
    wanted ? persons.filter((personId) => !done(personId)).map((personId) => ({ step, personId })) : [];
  const parties = [...new Set(signatories.map(({ party }) => party))];
  const unsigned = text.signedOn === undefined ? parties.filter((party) => text.signatures[party] === undefined) : [];
  return [
    ...each('communication', required.communication, (id) => text.communicated[id] !== undefined),
    ...each('consent', required.consent, (id) => text.consents[id] !== undefined),
    ...unsigned.map((party): MissingStep => ({ step: 'signature', party })),
    ...each(
      'compatibility',
      required.compatibility,
      (id) => (text.compatibility[id] ?? 'unfavourable') !== 'unfavourable',
    ),
    ...(required.assembly && state.assemblyInformedOn === undefined ? [{ step: 'assembly' } as const] : []),
    ...each('order', required.order, (id) => (state.orders[id] ?? []).some(({ to }) => to >= text.terms.to)),
  ];
};
