export type {
  Cell,
  ColumnType,
  FailurePolicy,
  Projection,
  Row,
  RowKey,
  Rows,
  Table,
} from './projection.js';
export { openReadModels, type ReadModels } from './read-models.js';
export type { Advanced } from './runner/advance.js';
export type { AsOf } from './runner/as-of.js';
export type { ReadModelsOptions, RunnerLogger } from './runner/parts.js';
export type { Replayed } from './runner/replay.js';
export type { GenerationState, GenerationStatus } from './runner/status.js';
export type { Waited, WaitForOptions } from './runner/wait-for.js';
