import type { Query } from "../../api/Client.ts";

/** What the list is narrowed to. It stands in the address. */
export type TaskFilters = {
  q: string;
  priority: string;
  assignee: string;
  tag: string;
  done: boolean;
};

export function filtersIn(query: URLSearchParams): TaskFilters {
  return {
    q: query.get("q") ?? "",
    priority: query.get("priority") ?? "",
    assignee: query.get("assignee") ?? "",
    tag: query.get("tag") ?? "",
    done: query.get("done") === "yes",
  };
}

export function addressQuery(filters: TaskFilters): Record<string, string> {
  return { ...filters, done: filters.done ? "yes" : "" };
}

export function isNarrowed({ q, priority, assignee, tag }: TaskFilters): boolean {
  return [q, priority, assignee, tag].some((value) => value !== "");
}

/** For the server; what is empty is left out. */
export function serverQuery(filters: TaskFilters, isDone: boolean): Query {
  return {
    q: filters.q || undefined,
    priority: filters.priority || undefined,
    assignee_id: filters.assignee || undefined,
    tag: filters.tag || undefined,
    status: isDone ? "done" : "open",
    sort: isDone ? "-done" : "position",
    limit: isDone ? 50 : 500,
  };
}
