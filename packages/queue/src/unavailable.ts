/**
 * The queue was required and cannot be reached. `message` is one line that names the host and says what to do next; it
 * never holds a password.
 */
export class QueueUnavailable extends Error {
  override name = 'QueueUnavailable';
}
