/** What is to happen, in order of time; of two things at the same time the one put down first. */
export interface Agenda {
  put(at: number, act: (now: number) => void): void;
  /** Takes the next thing off, unless it lies at `until` or later. */
  take(until: number): { readonly at: number; readonly act: (now: number) => void } | undefined;
  readonly size: number;
}

interface Item {
  readonly at: number;
  readonly order: number;
  readonly act: (now: number) => void;
}

const before = (a: Item | undefined, b: Item | undefined): boolean =>
  a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order));

/** An empty agenda: a binary heap, so that only what is still to come is held. */
export const openAgenda = (): Agenda => {
  const heap: Item[] = [];
  let order = 0;
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]];
    if (a === undefined || b === undefined) return;
    heap[i] = b;
    heap[j] = a;
  };
  const sink = (): void => {
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const least = before(heap[right], heap[left]) ? right : left;
      if (!before(heap[least], heap[i])) return;
      swap(i, least);
      i = least;
    }
  };
  return {
    put(at, act) {
      heap.push({ at, order: order++, act });
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (!before(heap[i], heap[parent])) return;
        swap(i, parent);
        i = parent;
      }
    },
    take(until) {
      const [first] = heap;
      if (first === undefined || first.at >= until) return undefined;
      const last = heap.pop();
      if (last !== undefined && last !== first) {
        heap[0] = last;
        sink();
      }
      return first;
    },
    get size() {
      return heap.length;
    },
  };
};
