import type { Task } from "../../api/types.ts";
import { address } from "../../app/router.ts";
import {
  addDays,
  addMonths,
  dayNumber,
  formatDate,
  type LocalDate,
} from "../../dates/LocalDate.ts";

export const priorityLabels: Record<Task["priority"], string> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  urgent: "Urgent",
};

export const statusLabels: Record<Task["status"], string> = {
  todo: "To do",
  in_progress: "In progress",
  done: "Done",
};

/** "Today", "Tomorrow", "Friday" within a week, else the date. */
export function dueText(due: LocalDate, today: LocalDate, locale: string): string {
  if (due === today) return "Today";
  if (due === addDays(today, 1)) return "Tomorrow";
  if (due === addDays(today, -1)) return "Yesterday";
  const days = dayNumber(due) - dayNumber(today);
  if (days > 0 && days < 7) return formatDate(due, locale, { weekday: "long" });
  const isThisYear = due.slice(0, 4) === today.slice(0, 4);
  return formatDate(due, locale, isThisYear ? { day: "numeric", month: "short" } : undefined);
}

/** Days that are often meant, each with its name. */
export function dueChoices(today: LocalDate): Record<LocalDate, string> {
  // 1970-01-01 was a Thursday: days until the next Monday.
  const toMonday = 7 - ((dayNumber(today) + 3) % 7);
  const monday = addDays(today, toMonday);
  const tomorrow = addDays(today, 1);
  return {
    [today]: "Today",
    [tomorrow]: "Tomorrow",
    ...(monday !== tomorrow && { [monday]: "Next Monday" }),
    [addMonths(today, 1)]: "In a month",
  };
}

/** Where what a task is about can be seen. */
export function linkAddress({ link_kind, link_id, link_name }: Task): string | null {
  if (link_id === null) return null;
  switch (link_kind) {
    case "bill":
      return address("/bills", { bill: link_id });
    case "goal":
      return `/goals/${link_id}`;
    case "account":
      return `/accounts/${link_id}`;
    case "category":
      return address("/transactions", { category_id: link_id });
    case "import":
      return `/imports/${link_id}`;
    default:
      // The register finds a transaction by its words.
      return link_name ? address("/transactions", { q: link_name }) : null;
  }
}
