import type { Query } from "../../api/Client.ts";
import { address, navigate } from "../../app/router.ts";

/** The filters as they stand in the address, under the names the server gives them. */
export const filterNames = [
  "account_id",
  "category_id",
  "type",
  "state",
  "tag",
  "from",
  "to",
  "min_amount",
  "max_amount",
  "q",
  "sort",
  "include_deleted",
] as const;

export type FilterName = (typeof filterNames)[number];
export type Filters = Partial<Record<FilterName, string>>;

export function filtersOf(query: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of filterNames) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  return filters;
}

export function queryOf(filters: Filters): Query {
  return { ...filters };
}

/** Typing replaces the address rather than filling the history with every letter. */
export function showFilters(filters: Filters, options?: { replace?: boolean }): void {
  navigate(address("/transactions", filters), options);
}

/** Filters that hide rows; an order does not. */
export function isFiltered(filters: Filters): boolean {
  return filterNames.some((name) => name !== "sort" && filters[name] !== undefined);
}
