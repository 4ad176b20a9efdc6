import { type FormEvent, useState } from "react";
import type { TaskBulkPatch } from "../../api/tasks.ts";
import type { Task } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { useMembers } from "../../data/members.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { dueChoices, dueText, priorityLabels, statusLabels } from "./labels.ts";

type BulkProps = {
  chosen: readonly Task[];
  isBusy: boolean;
  onPatch: (patch: TaskBulkPatch, words: string) => void;
  onDelete: () => void;
  onAll: () => void;
  onNone: () => void;
};

/** What can be done with all chosen tasks at once. */
export function TaskBulkBar({ chosen, isBusy, onPatch, onDelete, onAll, onNone }: BulkProps) {
  const isNone = chosen.length === 0;
  return (
    <section className="bulk-bar task-bulk" aria-label="Chosen tasks">
      <p role="status">
        <strong>{chosen.length} chosen</strong>{" "}
        <Button kind="quiet" onClick={onAll}>
          All
        </Button>
      </p>
      <fieldset className="bulk-actions" disabled={isNone || isBusy}>
        <legend className="visually-hidden">For all chosen</legend>
        <Labels
          label="Mark as"
          labels={statusLabels}
          onPick={(status, label) => onPatch({ status }, label)}
        />
        <Labels
          label="Priority"
          labels={priorityLabels}
          onPick={(priority, label) => onPatch({ priority }, `Priority ${label}`)}
        />
        <DueField onPatch={onPatch} />
        <AssigneeField onPatch={onPatch} />
        <TagField onPatch={onPatch} />
        <Button kind="danger" icon="trash" onClick={onDelete}>
          Delete
        </Button>
      </fieldset>
      <IconButton icon="close" label="Choose none" onClick={onNone} />
    </section>
  );
}

type LabelsProps<Value extends string> = {
  label: string;
  labels: Record<Value, string>;
  onPick: (value: Value, label: string) => void;
};

/** A select that acts when something is picked, and stands at its name again. */
function Labels<Value extends string>({ label, labels, onPick }: LabelsProps<Value>) {
  return (
    <SelectField
      label={`${label}, for all chosen`}
      isLabelHidden
      value=""
      onChange={(value) => onPick(value as Value, labels[value as Value])}
    >
      <option value="" disabled>
        {label}
      </option>
      {Object.entries<string>(labels).map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}

type PartProps = Pick<BulkProps, "onPatch">;

function DueField({ onPatch }: PartProps) {
  const { today, locale } = useSession();
  const [day, setDay] = useState<string | null>(null);
  const choices = dueChoices(today);
  const pick = (value: string, label: string) => {
    if (value === "other") setDay(today);
    else onPatch({ due_on: value === "none" ? null : value }, label);
  };
  const set = (event: FormEvent) => {
    event.preventDefault();
    if (!day) return;
    onPatch({ due_on: day }, `Due ${dueText(day, today, locale)}`);
    setDay(null);
  };
  if (day === null) {
    const labels = { ...choices, other: "A day…", none: "No day" };
    return <Labels label="Due" labels={labels} onPick={pick} />;
  }
  return (
    <form className="bulk-field" onSubmit={set}>
      <TextField
        label="Due, for all chosen"
        isLabelHidden
        type="date"
        value={day}
        onChange={setDay}
      />
      <Button type="submit">Set</Button>
    </form>
  );
}

function AssigneeField({ onPatch }: PartProps) {
  const { value: members = [] } = useMembers();
  if (members.length < 2) return null;
  const names = Object.fromEntries(members.map(({ person_id, name }) => [person_id, name]));
  return (
    <Labels
      label="Assign to"
      labels={{ ...names, none: "Nobody" }}
      onPick={(id, name) => onPatch({ assignee_id: id === "none" ? null : id }, `For ${name}`)}
    />
  );
}

function TagField({ onPatch }: PartProps) {
  const [text, setText] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    const tags = text.split(/[\s,#]+/).filter((tag) => tag !== "");
    if (tags.length === 0) return;
    onPatch({ add_tags: tags }, tags.map((tag) => `#${tag}`).join(" "));
    setText("");
  };
  return (
    <form className="bulk-field bulk-tag" onSubmit={add}>
      <TextField
        label="Tag for all chosen"
        isLabelHidden
        placeholder="Add a tag"
        maxLength={64}
        value={text}
        onChange={setText}
      />
      <IconButton type="submit" icon="plus" label="Add the tag" />
    </form>
  );
}
