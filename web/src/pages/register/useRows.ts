import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { transactions } from "../../api/endpoints.ts";
import type { Transaction } from "../../api/types.ts";
import { useGeneration } from "../../data/resource.ts";
import { type Filters, queryOf } from "./filters.ts";
import { RowPages } from "./RowPages.ts";

export type Rows = RowPages<Transaction>;

/** The rows that match the filters; new filters start a new list. */
export function useRows(filters: Filters): Rows {
  const key = JSON.stringify(filters);
  const generation = useGeneration();
  const rows = useMemo(() => {
    const query = queryOf(JSON.parse(key) as Filters);
    return new RowPages<Transaction>((position) => transactions.list({ ...query, ...position }));
  }, [key]);
  const seen = useRef({ rows, generation });
  useSyncExternalStore(rows.subscribe, rows.snapshot);
  useEffect(() => {
    const isSameList = seen.current.rows === rows;
    const hasChanged = seen.current.generation !== generation;
    seen.current = { rows, generation };
    if (isSameList && hasChanged) rows.refresh();
    else rows.ensure(0, 0);
  }, [rows, generation]);
  return rows;
}
