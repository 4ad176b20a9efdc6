import { useState } from "react";
import type { Task } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useShortcuts } from "../../app/shortcuts.ts";
import type { Section } from "./groups.ts";
import { useTaskActions } from "./useTaskActions.ts";

function focusLine(id: string): void {
  const line = document.getElementById(`task-${id}`);
  line?.querySelector<HTMLElement>(".task-tick")?.focus();
  line?.scrollIntoView({ block: "nearest" });
}

/** The task that keys act on, and the one that is being edited. */
export function useChosen(all: readonly Section[]) {
  const { isViewer } = useSession();
  const act = useTaskActions(all);
  const [activeId, setActive] = useState<string | null>(null);
  const [editedId, setEdited] = useState<string | null>(null);
  const flat = all.flatMap(({ tasks }) => tasks);
  const active = flat.find(({ id }) => id === activeId);
  const step = (by: 1 | -1) => {
    const index = active ? flat.indexOf(active) + by : by > 0 ? 0 : flat.length - 1;
    const next = flat[Math.min(Math.max(index, 0), flat.length - 1)];
    if (!next) return;
    setActive(next.id);
    focusLine(next.id);
  };
  // A key that acts on a task does nothing without one.
  const onActive = (change: (task: Task) => void) => () => {
    if (active && !isViewer) change(active);
  };
  const arrow = (by: 1 | -1) => (event: KeyboardEvent) => {
    if (event.shiftKey) onActive((task) => act.move(task, by))();
    else step(by);
  };
  // Space and Enter belong to what has the focus: a line's box, which arrows go to, or a button.
  useShortcuts({
    x: onActive((task) => void act.tick(task)),
    e: onActive(({ id }) => setEdited(id)),
    Delete: onActive((task) => void act.remove(task)),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    j: () => step(1),
    k: () => step(-1),
  });
  return { act, activeId, editedId, setActive, setEdited };
}
