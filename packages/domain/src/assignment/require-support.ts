import type { Framework } from '../framework/index.js';
import type { MissionId } from '../kernel/identifiers.js';
import type { Judgement } from '../kernel/judgement.js';
import { isGeneralSupport } from '../mission/queries.js';
import type { MissionState } from '../mission/state.js';
import type { RuleId } from './requirements.js';

/** What a mission of general support (*main-d'œuvre*) asks for is the framework's to say: nothing, or how severe. */
export const requireSupport = (
  judgement: Judgement<RuleId>,
  missionId: MissionId,
  mission: Readonly<MissionState>,
  framework: Framework | undefined,
): void => {
  if (framework === undefined || framework.generalSupport.value === 'allowed') return;
  const { value: severity, source } = framework.generalSupport;
  judgement.require(
    'mission.general-support-needs-justification',
    !isGeneralSupport(mission),
    { missionId, framework: framework.id },
    { severity, source },
  );
};
