import { type FormEvent, useEffect, useRef, useState } from "react";
import { tasks as endpoint, type TaskPatch } from "../../api/tasks.ts";
import type { Task } from "../../api/types.ts";
import { announceUndoable } from "../../app/undo.ts";
import { useMembers } from "../../data/members.ts";
import { Button } from "../../ui/Button.tsx";
import { Field, SelectField, TextField } from "../../ui/Field.tsx";
import { useAction } from "../../ui/useAction.ts";
import { type LinkDraft, LinkFields } from "./LinkFields.tsx";
import { priorityLabels, statusLabels } from "./labels.ts";

const rules: [rule: string, label: string][] = [
  ["", "Never"],
  ["FREQ=DAILY", "Every day"],
  ["FREQ=WEEKLY", "Every week"],
  ["FREQ=MONTHLY", "Every month"],
  ["FREQ=MONTHLY;BYMONTHDAY=-1", "On the last day of the month"],
  ["FREQ=YEARLY", "Every year"],
];

type Draft = {
  title: string;
  description: string;
  status: Task["status"];
  priority: Task["priority"];
  due_on: string;
  repeat: string;
  assignee_id: string;
  tags: string;
} & LinkDraft;

export function draftOf(task: Task): Draft {
  return {
    title: task.title,
    description: task.description ?? "",
    status: task.status,
    priority: task.priority,
    due_on: task.due_on ?? "",
    repeat: task.repeat ?? "",
    assignee_id: task.assignee_id ?? "",
    tags: task.tags.join(" "),
    link_kind: task.link_kind ?? "",
    link_id: task.link_id ?? "",
  };
}

/** Only what differs, so that a rule that stays counts from where it did. */
export function patchOf(draft: Draft, task: Task): TaskPatch {
  const old = draftOf(task);
  const patch: TaskPatch = {};
  if (draft.title.trim() !== old.title) patch.title = draft.title.trim();
  if (draft.description !== old.description) patch.description = draft.description || null;
  if (draft.status !== old.status) patch.status = draft.status;
  if (draft.priority !== old.priority) patch.priority = draft.priority;
  if (draft.due_on !== old.due_on) patch.due_on = draft.due_on || null;
  if (draft.repeat !== old.repeat) patch.repeat = draft.repeat || null;
  if (draft.assignee_id !== old.assignee_id) patch.assignee_id = draft.assignee_id || null;
  if (draft.tags !== old.tags) {
    patch.tags = draft.tags.split(/[\s,#]+/).filter((tag) => tag !== "");
  }
  if (draft.link_kind !== old.link_kind || draft.link_id !== old.link_id) {
    patch.link_kind = draft.link_kind || null;
    patch.link_id = draft.link_id || null;
  }
  return patch;
}

type Wrong = Record<string, string>;
type PartProps = { draft: Draft; set: (part: Partial<Draft>) => void; fields: Wrong };

/** Escape leaves, wherever in the form one is. */
function useEscape(act: () => void) {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Stands where the task stood, until it is saved or left. */
export function TaskEditor({ task, onClose }: { task: Task; onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(task));
  const [problem, setProblem] = useState<string>();
  const { isBusy, fields, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  useEscape(onClose);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const isAimless = draft.link_kind !== "" && draft.link_id === "";
    setProblem(isAimless ? "Choose what it is about" : undefined);
    if (isAimless) return;
    const done = await run(async () => {
      const after = await endpoint.update(task.id, patchOf(draft, task), task.version);
      const back = patchOf(draftOf(task), after);
      announceUndoable(`Changed ${after.title}`, () =>
        endpoint.update(after.id, back, after.version),
      );
    });
    if (done) onClose();
  };
  const part = { draft, set, fields };
  return (
    <li className="task-editor">
      <form ref={form} className="form" aria-label={`Edit ${task.title}`} onSubmit={save}>
        <Words {...part} />
        <div className="task-editor-row">
          <Times {...part} words={task.repeat_words} />
          <Choices {...part} />
        </div>
        <div className="task-editor-row task-about">
          <LinkFields
            link={draft}
            name={task.link_name}
            onChange={set}
            problem={problem ?? fields["link_id"] ?? fields["link_kind"]}
          />
        </div>
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            Save
          </Button>
        </div>
      </form>
    </li>
  );
}

function Words({ draft, set, fields }: PartProps) {
  return (
    <>
      <TextField
        label="Title"
        value={draft.title}
        onChange={(title) => set({ title })}
        problem={fields["title"]}
        minLength={3}
        maxLength={255}
        required
      />
      <Field label="Description" problem={fields["description"]}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={3}
            maxLength={4000}
            value={draft.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** A rule that is none of ours stays as it is until another is chosen. */
function Times({ draft, set, fields, words }: PartProps & { words: string | null }) {
  const isOwnRule = !rules.some(([rule]) => rule === draft.repeat);
  return (
    <>
      <TextField
        label="Due"
        type="date"
        value={draft.due_on}
        onChange={(due_on) => set({ due_on })}
        problem={fields["due_on"]}
      />
      <SelectField
        label="Repeats"
        value={draft.repeat}
        onChange={(repeat) => set({ repeat })}
        problem={fields["repeat"]}
      >
        {rules.map(([rule, label]) => (
          <option key={rule} value={rule}>
            {label}
          </option>
        ))}
        {isOwnRule && <option value={draft.repeat}>{words ?? draft.repeat}</option>}
      </SelectField>
    </>
  );
}

function Choices({ draft, set, fields }: PartProps) {
  const { value: members = [] } = useMembers();
  return (
    <>
      <SelectField
        label="Priority"
        value={draft.priority}
        onChange={(value) => set({ priority: value as Task["priority"] })}
      >
        <Options labels={priorityLabels} />
      </SelectField>
      <SelectField
        label="Status"
        value={draft.status}
        onChange={(value) => set({ status: value as Task["status"] })}
      >
        <Options labels={statusLabels} />
      </SelectField>
      <SelectField
        label="Assigned to"
        value={draft.assignee_id}
        onChange={(assignee_id) => set({ assignee_id })}
        problem={fields["assignee_id"]}
      >
        <option value="">Nobody</option>
        {members.map(({ person_id, name }) => (
          <option key={person_id} value={person_id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Tags"
        value={draft.tags}
        onChange={(tags) => set({ tags })}
        problem={fields["tags"]}
        placeholder="home bills"
      />
    </>
  );
}

function Options({ labels }: { labels: Record<string, string> }) {
  return (
    <>
      {Object.entries(labels).map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </>
  );
}
