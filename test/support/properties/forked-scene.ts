import { openApplication, stateOf } from '@probono/application';
import { domain } from '@probono/domain';
import type { EventStore } from '@probono/event-store';
import { id, type Scene, type Told } from '../scene.js';
import { codec, commandOf } from './story.js';

/** A scene on a log of one's own; the commands of a second one on the same log count from `from`. */
export const sceneOn = (store: EventStore, from: number): Scene => {
  const application = openApplication({ store, codec, catalogue: domain });
  let given = from;
  const give: Scene['give'] = async (who, name, data, at, aside = {}): Promise<Told> => {
    given += 1;
    const meta = { actor: { id: who.id, role: who.role }, ...aside };
    const command = commandOf({ command: name, at, data, meta }, id(given));
    if (command === undefined) throw new Error(`${name} does not have the form of its command`);
    const outcome = await application.execute(command);
    const accepted = outcome.kind === 'accepted';
    return {
      kind: outcome.kind,
      rules: outcome.kind === 'refused' ? outcome.refusals.map(({ rule }) => rule).sort() : [],
      warnings: accepted ? outcome.warnings.map(({ rule }) => rule) : [],
      events: accepted ? outcome.events : [],
    };
  };
  return {
    give,
    async done(who, name, data, at, aside) {
      const told = await give(who, name, data, at, aside);
      if (told.kind !== 'accepted') throw new Error(`${name} was ${told.kind}: ${told.rules.join(', ')}`);
      return told;
    },
    async state<T>(stream: Parameters<Scene['state']>[0]) {
      return (await stateOf(store, codec, domain, stream)) as T; // the caller says of which shape
    },
  };
};
