import type * as z from 'zod';
import type { Aggregate } from '../kernel/aggregate.js';
import {
  type ExperimentEvaluated,
  type ExperimentScope,
  type ProgrammeFact,
  programmeEvents,
  type Support,
} from './events.js';

/** An experiment, folded. */
export interface ProgrammeState {
  scope?: ExperimentScope;
  /** By item: whether it is done. */
  checklist: Record<string, boolean>;
  supports: Record<string, Support>;
  evaluated?: z.output<(typeof ExperimentEvaluated)['schema']>;
}

const evolve = (draft: ProgrammeState, event: ProgrammeFact): void => {
  switch (event.type) {
    case 'ExperimentStarted':
      draft.scope = event.data.scope;
      for (const item of event.data.checklist) draft.checklist[item] = false;
      return;
    case 'ChecklistItemDone':
      draft.checklist[event.data.item] = true;
      return;
    case 'SupportProvided':
      draft.supports[event.data.supportId] = event.data;
      return;
    case 'ExperimentEvaluated':
      draft.evaluated = event.data;
      return;
    default:
      event satisfies never;
  }
};

/** An experiment of *mécénat de compétences*: where, how far along its kit, with what help, and what came of it. */
export const programme: Aggregate<ProgrammeState, ProgrammeFact> = {
  category: 'programme',
  events: programmeEvents,
  initial: () => ({ checklist: {}, supports: {} }),
  evolve,
};
