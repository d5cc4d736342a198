/** What a path holds where a route such as `/queue/:queueName` has names; undefined when it is another route's. */
export type Matcher = (path: string) => Readonly<Record<string, string>> | undefined;

/** Reads a route. */
export const matcherOf = (route: string): Matcher => {
  const wanted = route.split('/');
  return (path) => {
    const given = path.split('/');
    if (given.length !== wanted.length) return undefined;
    const params: Record<string, string> = {};
    for (const [index, part] of wanted.entries()) {
      const text = given[index] ?? '';
      if (!part.startsWith(':')) {
        if (part !== text) return undefined;
      } else if (text === '') return undefined;
      else params[part.slice(1)] = decodeURIComponent(text);
    }
    return params;
  };
};
