export { clerkAgenda } from './agenda/agenda.js';
export { clerkMigrations } from './attempts.js';
export { type Clerk, type ClerkParts, openClerk, type Ran } from './clerk.js';
