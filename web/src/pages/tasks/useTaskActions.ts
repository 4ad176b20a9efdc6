import { trail } from "../../api/identity.ts";
import { type TaskBulk, tasks as endpoint } from "../../api/tasks.ts";
import type { Task } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { movedPosition, type Section } from "./groups.ts";

/** What can be done to a task of the list, each with the way back. */
export function useTaskActions(all: readonly Section[]) {
  const { user } = useSession();
  const { isBusy, run } = useAction();
  const tick = (task: Task) =>
    run(async () => {
      const status = task.status === "done" ? "todo" : "done";
      const after = await endpoint.update(task.id, { status }, task.version);
      // Only what this tick made goes with it.
      const isNewNext = task.next_id === null && after.next_id !== null;
      const more = isNewNext ? " The next one is on the list." : "";
      announceUndoable(
        status === "done" ? `Done: ${task.title}.${more}` : `${task.title} is open again`,
        async () => {
          if (isNewNext && after.next_id) await endpoint.remove(after.next_id, 1);
          await endpoint.update(task.id, { status: task.status }, after.version);
        },
      );
    });
  const remove = (task: Task) =>
    run(async () => {
      await endpoint.remove(task.id, task.version);
      announceUndoable(`Deleted ${task.title}`, () => endpoint.restore(task.id));
    });
  const move = (task: Task, by: 1 | -1) => {
    const target = movedPosition(all, task.id, by);
    if (!target) return announce(`${task.title} is the ${by < 0 ? "first" : "last"} here.`);
    void run(async () => {
      await endpoint.update(task.id, { position: target.position }, task.version);
      announce(`${task.title} is ${by < 0 ? "before" : "behind"} ${target.neighbour.title}.`);
    });
  };
  const many = async (chosen: readonly Task[], body: Omit<TaskBulk, "ids">, words: string) => {
    await run(async () => {
      const { affected } = await endpoint.bulk({ ...body, ids: chosen.map(({ id }) => id) });
      const entry = await endpoint.lastEntry(user.id);
      const text = `${words}: ${affected} task${affected === 1 ? "" : "s"}`;
      if (entry) announceUndoable(text, () => trail.undo(entry.id));
    });
  };
  return { isBusy, tick, remove, move, many };
}
