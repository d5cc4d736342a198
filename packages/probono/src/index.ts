export { clearFailure } from './clear-failure.js';
export {
  type Configuration,
  ConfigurationError,
  configurationFrom,
  configurationFromFile,
  settingNames,
} from './configuration.js';
export { NotADemonstration } from './demonstration.js';
export { metricsOf } from './metrics.js';
export { openProBono, type ProBono, type ProBonoOptions } from './pro-bono.js';
export { serve } from './serve.js';
export { type StopTelemetry, startTelemetry } from './telemetry.js';
export type { Workers } from './workers.js';
