/** Arrows from a name to the names it needs. */
export type Graph = ReadonlyMap<string, Iterable<string>>;

/** The circles a depth-first walk meets, each as the path that leads back to its start; none in a sound graph. */
export function circlesIn(graph: Graph): string[][] {
  const done = new Set<string>();
  const path: string[] = [];
  const circles: string[][] = [];
  const walk = (name: string): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      circles.push([...path.slice(start), name]);
      return;
    }
    if (done.has(name)) return;
    path.push(name);
    for (const needed of graph.get(name) ?? []) walk(needed);
    path.pop();
    done.add(name);
  };
  for (const name of graph.keys()) walk(name);
  return circles;
}
