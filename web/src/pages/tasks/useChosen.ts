import { useState } from "react";
import type { TaskBulkPatch } from "../../api/tasks.ts";
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

/** Those that are done to at once. What is not in the list any more is not chosen any more. */
function usePicked(flat: readonly Task[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [isPicking, setPicking] = useState(false);
  const picked = flat.filter(({ id }) => ids.has(id));
  const pick = (id: string) => {
    setPicking(true);
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    setIds(next);
  };
  const pickAll = () => {
    setPicking(true);
    setIds(new Set(picked.length === flat.length ? [] : flat.map(({ id }) => id)));
  };
  const start = () => setPicking(true);
  const stop = () => {
    setPicking(false);
    setIds(new Set());
  };
  return { picked, isPicking, pick, pickAll, start, stop };
}

/** The task that keys act on, the one that is being edited, and those that are chosen. */
export function useChosen(all: readonly Section[]) {
  const { isViewer } = useSession();
  const act = useTaskActions(all);
  const [activeId, setActive] = useState<string | null>(null);
  const [editedId, setEdited] = useState<string | null>(null);
  const flat = all.flatMap(({ tasks }) => tasks);
  const picking = usePicked(flat);
  const { picked, isPicking } = picking;
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
  const patchAll = (patch: TaskBulkPatch, words: string) =>
    void act.many(picked, { action: "patch", patch }, words);
  const finish = () => patchAll({ status: "done" }, "Done");
  const removeAll = () => void act.many(picked, { action: "delete" }, "Deleted");
  // Space and Enter belong to what has the focus: a line's box, which arrows go to, or a button.
  useShortcuts({
    x: picked.length > 0 ? () => finish() : onActive((task) => void act.tick(task)),
    e: onActive(({ id }) => setEdited(id)),
    Delete: picked.length > 0 ? () => removeAll() : onActive((task) => void act.remove(task)),
    s: onActive(({ id }) => picking.pick(id)),
    ...(!isViewer && { a: picking.pickAll }),
    ...(isPicking && { Escape: picking.stop }),
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    j: () => step(1),
    k: () => step(-1),
  });
  return { act, activeId, editedId, setActive, setEdited, picking, patchAll, removeAll };
}
