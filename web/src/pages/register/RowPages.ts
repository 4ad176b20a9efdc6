import type { List, Query } from "../../api/Client.ts";

type Page<Row> = { rows: Row[]; nextCursor: string | null; round: number };

export const rowsPerPage = 100;

/**
 * The rows of a list, fetched a page at a time as they come into view. A page whose
 * predecessor is here is asked for by cursor, which costs the server the same however far
 * down it lies; a jump is asked for by number. After a change the pages in view are read
 * again and the old rows stand until the new ones arrive.
 */
export class RowPages<Row> {
  private pages = new Map<number, Page<Row>>();
  private loading = new Set<number>();
  private watchers = new Set<() => void>();
  private round = 0;
  private wanted = { first: 0, last: 0 };
  private edition = 0;
  total: number | null = null;
  error: unknown = null;

  constructor(private readonly load: (query: Query) => Promise<List<Row>>) {}

  subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Grows with every change, for React to notice. */
  snapshot = (): number => this.edition;

  row(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / rowsPerPage))?.rows[index % rowsPerPage];
  }

  /** Asks for what is missing between two rows. */
  ensure(first: number, last: number): void {
    this.wanted = { first, last };
    const lastPage = Math.floor(Math.max(0, last) / rowsPerPage);
    for (let page = Math.floor(Math.max(0, first) / rowsPerPage); page <= lastPage; page += 1) {
      const isBeyond = this.total !== null && page * rowsPerPage >= this.total && page > 0;
      const isFresh = this.pages.get(page)?.round === this.round;
      if (!isBeyond && !isFresh && !this.loading.has(page)) void this.fetch(page);
    }
  }

  /** What is known may have changed on the server. */
  refresh(): void {
    this.round += 1;
    this.loading.clear();
    this.ensure(this.wanted.first, this.wanted.last);
  }

  private async fetch(page: number): Promise<void> {
    const { round } = this;
    this.loading.add(page);
    const before = this.pages.get(page - 1);
    const cursor = before?.round === round ? before.nextCursor : null;
    try {
      const position = cursor ? { cursor } : { page: page + 1 };
      const { data, pagination } = await this.load({ ...position, limit: rowsPerPage });
      if (round !== this.round) return;
      this.pages.set(page, { rows: data, nextCursor: pagination.next_cursor, round });
      this.total = pagination.total;
      this.error = null;
    } catch (error) {
      if (round !== this.round) return;
      this.error = error;
    }
    this.loading.delete(page);
    this.edition += 1;
    for (const watcher of this.watchers) watcher();
  }
}
