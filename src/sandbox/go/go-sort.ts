type Less<T> = (one: T, other: T) => boolean;

/**
 * Sorts as Go's `sort.Sort` does, so that what is equal stands in the same order as there: a quicksort that
 * is not stable, with insertion for short lists and a heap for hard ones (https://pkg.go.dev/sort).
 *
 * @returns a new list
 */
export function goSorted<T>(items: readonly T[], isLess: Less<T>): T[] {
  const sorter = new Sorter([...items], isLess);
  sorter.sort(0, items.length, bitLength(items.length));
  return sorter.items;
}

/** Lists up to this length are sorted by insertion. */
const short = 12;
/** From this length on a pivot is the median of medians, and elements may be shifted. */
const long = 50;

type Hint = 'increasing' | 'decreasing' | 'unknown';

class Sorter<T> {
  readonly items: T[];
  readonly #isLess: Less<T>;

  constructor(items: T[], isLess: Less<T>) {
    this.items = items;
    this.#isLess = isLess;
  }

  sort(first: number, last: number, badChoices: number): void {
    let [start, end, limit] = [first, last, badChoices];
    let wasBalanced = true;
    let wasPartitioned = true;
    while (end - start > short) {
      if (limit === 0) return this.#heapSort(start, end);
      if (!wasBalanced) {
        this.#scatter(start, end);
        limit -= 1;
      }
      let [pivot, hint] = this.#choosePivot(start, end);
      if (hint === 'decreasing') {
        this.#reverse(start, end);
        pivot = end - 1 - (pivot - start);
        hint = 'increasing';
      }
      if (wasBalanced && wasPartitioned && hint === 'increasing' && this.#isNearlySorted(start, end)) return;
      if (start > 0 && !this.#less(start - 1, pivot)) {
        start = this.#partitionEqual(start, end, pivot);
        continue;
      }
      const { place, wasInOrder } = this.#partition(start, end, pivot);
      wasPartitioned = wasInOrder;
      const [left, right] = [place - start, end - place];
      wasBalanced = Math.min(left, right) >= Math.floor((end - start) / 8);
      if (left < right) {
        this.sort(start, place, limit);
        start = place + 1;
      } else {
        this.sort(place + 1, end, limit);
        end = place;
      }
    }
    this.#insertionSort(start, end);
  }

  #less(one: number, other: number): boolean {
    return this.#isLess(this.items[one] as T, this.items[other] as T);
  }

  #swap(one: number, other: number): void {
    const { items } = this;
    [items[one], items[other]] = [items[other] as T, items[one] as T];
  }

  #insertionSort(start: number, end: number): void {
    for (let next = start + 1; next < end; next++) {
      for (let at = next; at > start && this.#less(at, at - 1); at--) this.#swap(at, at - 1);
    }
  }

  #heapSort(start: number, end: number): void {
    const length = end - start;
    for (let root = Math.floor((length - 1) / 2); root >= 0; root--) this.#siftDown(root, length, start);
    for (let last = length - 1; last >= 0; last--) {
      this.#swap(start, start + last);
      this.#siftDown(0, last, start);
    }
  }

  #siftDown(from: number, end: number, start: number): void {
    let root = from;
    for (let child = 2 * root + 1; child < end; child = 2 * root + 1) {
      if (child + 1 < end && this.#less(start + child, start + child + 1)) child += 1;
      if (!this.#less(start + root, start + child)) return;
      this.#swap(start + root, start + child);
      root = child;
    }
  }

  /** Puts what is less than the pivot before it, and the rest behind. */
  #partition(start: number, end: number, pivot: number): { place: number; wasInOrder: boolean } {
    this.#swap(start, pivot);
    let [left, right] = [start + 1, end - 1];
    let swaps = 0;
    for (; ; left++, right--) {
      while (left <= right && this.#less(left, start)) left++;
      while (left <= right && !this.#less(right, start)) right--;
      if (left > right) break;
      this.#swap(left, right);
      swaps += 1;
    }
    this.#swap(right, start);
    return { place: right, wasInOrder: swaps === 0 };
  }

  /** Puts what equals the pivot first. @returns where the rest begins */
  #partitionEqual(start: number, end: number, pivot: number): number {
    this.#swap(start, pivot);
    let [left, right] = [start + 1, end - 1];
    for (; ; left++, right--) {
      while (left <= right && !this.#less(start, left)) left++;
      while (left <= right && this.#less(start, right)) right--;
      if (left > right) return left;
      this.#swap(left, right);
    }
  }

  /** Mends up to five places that are out of order. @returns whether all is in order then */
  #isNearlySorted(start: number, end: number): boolean {
    let next = start + 1;
    for (let step = 0; step < 5; step++) {
      while (next < end && !this.#less(next, next - 1)) next++;
      if (next === end) return true;
      if (end - start < long) return false;
      this.#swap(next, next - 1);
      if (next - start >= 2) {
        for (let at = next - 1; at >= 1 && this.#less(at, at - 1); at--) this.#swap(at, at - 1);
      }
      if (end - next >= 2) {
        for (let at = next + 1; at < end && this.#less(at, at - 1); at++) this.#swap(at, at - 1);
      }
    }
    return false;
  }

  /** Moves some elements to break a pattern. */
  #scatter(start: number, end: number): void {
    const length = end - start;
    let random = BigInt(length);
    const mask = (1n << BigInt(bitLength(length))) - 1n;
    const middle = start + Math.floor(length / 4) * 2;
    for (let place = middle - 1; place <= middle + 1; place++) {
      random ^= BigInt.asUintN(64, random << 13n);
      random ^= random >> 7n;
      random ^= BigInt.asUintN(64, random << 17n);
      const other = Number(random & mask);
      this.#swap(place, start + (other >= length ? other - length : other));
    }
  }

  #choosePivot(start: number, end: number): [pivot: number, hint: Hint] {
    const length = end - start;
    const quarter = Math.floor(length / 4);
    const count = { swaps: 0 };
    let [one, two, three] = [start + quarter, start + quarter * 2, start + quarter * 3];
    if (length >= long) {
      one = this.#median(one - 1, one, one + 1, count);
      two = this.#median(two - 1, two, two + 1, count);
      three = this.#median(three - 1, three, three + 1, count);
    }
    two = this.#median(one, two, three, count);
    return [two, count.swaps === 0 ? 'increasing' : count.swaps === 12 ? 'decreasing' : 'unknown'];
  }

  #median(first: number, second: number, third: number, count: { swaps: number }): number {
    let [one, two, three] = [first, second, third];
    const inOrder = (left: number, right: number): [number, number] => {
      if (!this.#less(right, left)) return [left, right];
      count.swaps += 1;
      return [right, left];
    };
    [one, two] = inOrder(one, two);
    [two, three] = inOrder(two, three);
    [one, two] = inOrder(one, two);
    return two;
  }

  #reverse(start: number, end: number): void {
    for (let [left, right] = [start, end - 1]; left < right; left++, right--) this.#swap(left, right);
  }
}

/** How many binary digits a number has. */
function bitLength(number: number): number {
  return number === 0 ? 0 : 32 - Math.clz32(number);
}
