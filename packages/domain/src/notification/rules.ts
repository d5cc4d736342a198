import type { Rule } from '../kernel/rule.js';

/** None: what was sent is a fact that no rule can refuse, and saying it twice is "already so". */
export const notificationRules = {} as const satisfies Record<string, Rule>;
