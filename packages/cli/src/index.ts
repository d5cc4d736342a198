export { type ExitCode, exitCodes } from './exit.js';
export { main } from './main.js';
