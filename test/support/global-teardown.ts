/** Ends what `global-setup.ts` started. */
export default async function globalTeardown(): Promise<void> {
  await Promise.all((globalThis.probonoTestServers ?? []).map((server) => server.stop()));
}
