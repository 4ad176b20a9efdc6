import { dataChanged } from "../data/resource.ts";
import { messageOf } from "../api/APIError.ts";
import { announce, announceProblem } from "../ui/toasts.ts";

type Step = { text: string; undo: () => Promise<unknown> };

const deepest = 50;
const steps: Step[] = [];

/** Tells of a change and keeps the way back, for the toast's button and for "u". */
export function announceUndoable(text: string, undo: Step["undo"]): void {
  const step = { text, undo };
  steps.push(step);
  if (steps.length > deepest) steps.shift();
  announce(text, { label: "Undo", run: () => void takeBack(step) });
}

export async function undoLast(): Promise<void> {
  const step = steps.at(-1);
  if (step) await takeBack(step);
  else announce("There is nothing to undo.");
}

async function takeBack(step: Step): Promise<void> {
  const at = steps.indexOf(step);
  if (at < 0) return;
  steps.splice(at, 1);
  try {
    await step.undo();
    announce(`Undone: ${step.text}`);
  } catch (error) {
    announceProblem(`That could not be undone. ${messageOf(error)}`);
  } finally {
    dataChanged();
  }
}

/** Another person's session must not inherit the way back. */
export function forgetSteps(): void {
  steps.length = 0;
}
