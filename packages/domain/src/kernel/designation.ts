import type { Actor, Role } from './envelope.js';
import type { Judgement } from './judgement.js';

/** Looks at whether one who acts in `role` is the one meant, for `scope`; other roles are the kernel's to judge. */
export const requireDesignated = (
  judgement: Judgement<'role.not-designated'>,
  actor: Actor,
  role: Role,
  designated: boolean,
  scope: string,
): boolean =>
  actor.role !== role || judgement.require('role.not-designated', designated, { role, actorId: actor.id, scope });
