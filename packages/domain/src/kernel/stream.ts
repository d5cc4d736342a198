/** The kinds of stream; the category is what stands before the first `-` of a stream's name. */
export type Category =
  | 'organisation'
  | 'person'
  | 'convention'
  | 'mission'
  | 'assignment'
  | 'schedule'
  | 'agenttime'
  | 'review'
  | 'campaign'
  | 'partnership'
  | 'exchange'
  | 'programme'
  | 'notification';

/** The name of a stream: `category-id`. */
export type StreamName = `${Category}-${string}`;

/** The name of the stream of `category` that belongs to `id`. */
export const streamName = (category: Category, id: string): StreamName => `${category}-${id}`;

/** What stands before the first `-`. */
export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** What stands after the first `-`. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
