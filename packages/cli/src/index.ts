export { type ExitCode, exitCodes } from './exit.js';
export { main } from './main.js';
export type { SimulatedCommand } from './simulate/scene.js';
export { type SimulationSize, simulation } from './simulate/simulation.js';
