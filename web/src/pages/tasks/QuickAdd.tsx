import { type FormEvent, type KeyboardEvent, type RefObject, useState } from "react";
import { tasks as endpoint } from "../../api/tasks.ts";
import { useSession } from "../../app/session.ts";
import { announceUndoable } from "../../app/undo.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button } from "../../ui/Button.tsx";
import { useAction } from "../../ui/useAction.ts";
import { dueText, priorityLabels } from "./labels.ts";
import { parseQuickTask, type QuickTask } from "./quickAdd.ts";

const rhythms: Record<string, string> = {
  DAILY: "day",
  WEEKLY: "week",
  MONTHLY: "month",
  YEARLY: "year",
};

function leave(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key === "Escape") event.currentTarget.blur();
}

/** One line makes a task; what was understood of it is shown while it is written. */
export function QuickAdd({ input }: { input: RefObject<HTMLInputElement> }) {
  const { today } = useSession();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const { isBusy, fields, run } = useAction();
  const parsed = parseQuickTask(text, today);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (parsed.title.length < 3) return setProblem("A title has at least three characters");
    setProblem(undefined);
    const { priority, ...rest } = parsed;
    const done = await run(async () => {
      const task = await endpoint.create({ ...rest, ...(priority ? { priority } : {}) });
      announceUndoable(`Added ${task.title}`, () => endpoint.remove(task.id, task.version));
    });
    if (done) setText("");
  };
  const wrong = problem ?? fields["title"];
  return (
    <form className="card quick-add" onSubmit={add} noValidate>
      <label className="visually-hidden" htmlFor="quick-add">
        New task
      </label>
      <input
        id="quick-add"
        ref={input}
        className="input"
        value={text}
        placeholder="Pay rent tomorrow #home !high every month"
        maxLength={400}
        autoComplete="off"
        aria-describedby="quick-add-parse"
        aria-invalid={wrong ? true : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={leave}
      />
      <Button type="submit" kind="primary" icon="plus" isBusy={isBusy}>
        Add
      </Button>
      <p id="quick-add-parse" className="quick-add-parse" aria-live="polite">
        {wrong ? (
          <span className="field-problem">{wrong}</span>
        ) : (
          <Parsed text={text} task={parsed} />
        )}
      </p>
    </form>
  );
}

function Parsed({ text, task }: { text: string; task: QuickTask }) {
  const { today, locale } = useSession();
  if (text.trim() === "") {
    return (
      <>
        A day, a #tag, a !priority and “every month” are understood. “Quotes” keep words as they
        are.
      </>
    );
  }
  const day = task.due_on && dueText(task.due_on, today, locale);
  return (
    <>
      <strong className="clip">{task.title || "No title yet"}</strong>
      {task.due_on && (
        <span className="chip" title={formatDate(task.due_on, locale)}>
          Due: {day}
        </span>
      )}
      {task.repeat && <span className="chip">Repeats: {ruleText(task.repeat)}</span>}
      {task.priority && <span className="chip">Priority: {priorityLabels[task.priority]}</span>}
      {task.tags.map((tag) => (
        <span key={tag} className="chip">
          #{tag}
        </span>
      ))}
    </>
  );
}

/** Of the rules that a line can make. */
function ruleText(rule: string): string {
  const parts = new Map(rule.split(";").map((part) => part.split("=") as [string, string]));
  if (parts.has("BYDAY")) return "every week on that day";
  const unit = rhythms[parts.get("FREQ") ?? ""] ?? "";
  const interval = parts.get("INTERVAL");
  return interval ? `every ${interval} ${unit}s` : `every ${unit}`;
}
