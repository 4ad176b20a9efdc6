import type { Task } from "../../api/types.ts";
import { addDays, dayNumber, type LocalDate } from "../../dates/LocalDate.ts";

export type Group = "overdue" | "today" | "week" | "later" | "done";

export const groupTitles: Record<Group, string> = {
  overdue: "Overdue",
  today: "Today",
  week: "This week",
  later: "Later",
  done: "Done",
};

/** The last day of the week that today is in. */
export function weekEnd(today: LocalDate, weekStart: string): LocalDate {
  const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
  const first = Math.max(names.indexOf(weekStart), 0);
  // 1970-01-01 was a Thursday.
  const now = (dayNumber(today) + 4) % 7;
  return addDays(today, 6 - ((now - first + 7) % 7));
}

export function groupOf(task: Task, today: LocalDate, lastOfWeek: LocalDate): Group {
  if (task.status === "done") return "done";
  if (task.due_on === null) return "later";
  if (task.due_on < today) return "overdue";
  if (task.due_on === today) return "today";
  return task.due_on <= lastOfWeek ? "week" : "later";
}

export type Section = { group: Group; tasks: Task[] };

/** The sections that have something in them, each in the order that people gave it. */
export function sections(tasks: readonly Task[], today: LocalDate, weekStart: string): Section[] {
  const last = weekEnd(today, weekStart);
  return (Object.keys(groupTitles) as Group[])
    .map((group) => ({
      group,
      tasks: tasks.filter((task) => groupOf(task, today, last) === group),
    }))
    .filter(({ tasks: inside }) => inside.length > 0);
}

/** Where a task goes to stand before or behind its neighbour in its section; null at the end. */
export function movedPosition(
  all: readonly Section[],
  id: string,
  by: 1 | -1,
): { position: number; neighbour: Task } | null {
  for (const { tasks } of all) {
    const index = tasks.findIndex((task) => task.id === id);
    if (index < 0) continue;
    const neighbour = tasks[index + by];
    if (!neighbour) return null;
    return { position: by < 0 ? neighbour.position : neighbour.position + 1, neighbour };
  }
  return null;
}
