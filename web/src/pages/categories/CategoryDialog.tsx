import { useState } from "react";
import { categories as endpoint } from "../../api/endpoints.ts";
import type { Category } from "../../api/types.ts";
import { announceUndoable } from "../../app/undo.ts";
import { categoryLines, subtreeIds } from "../../data/household.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

/** A new category, perhaps inside another, or one being renamed or moved. */
export type Editing = { kind: Category["kind"]; category?: Category; parent?: Category };

export function CategoryDialog({
  editing,
  all,
  onClose,
}: {
  editing: Editing;
  all: readonly Category[];
  onClose: () => void;
}) {
  const { category } = editing;
  const [name, setName] = useState(category?.name ?? "");
  const [kind, setKind] = useState(editing.kind);
  const [parentId, setParentId] = useState(category?.parent_id ?? editing.parent?.id ?? "");
  const [problem, setProblem] = useState<string>();
  const { isBusy, fields, run } = useAction();
  const changeKind = (next: Category["kind"]) => {
    setKind(next);
    setParentId("");
  };
  const save = async () => {
    if (name.trim() === "") return setProblem("Give the category a name");
    setProblem(undefined);
    const body = { name: name.trim(), parent_id: parentId || null };
    const done = await run(() => (category ? change(category, body) : create(kind, body)));
    if (done) onClose();
  };
  return (
    <Dialog title={category ? "Edit category" : "New category"} onClose={onClose}>
      <Form verb={category ? "Save" : "Add"} onSubmit={save} isBusy={isBusy} onCancel={onClose}>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          problem={problem ?? fields["name"]}
          maxLength={120}
          required
        />
        {!category && !editing.parent && <KindSelect value={kind} onChange={changeKind} />}
        <ParentSelect
          all={all}
          kind={kind}
          moved={category}
          value={parentId}
          onChange={setParentId}
          problem={fields["parent_id"]}
        />
      </Form>
    </Dialog>
  );
}

type KindSelectProps = { value: Category["kind"]; onChange: (kind: Category["kind"]) => void };

function KindSelect({ value, onChange }: KindSelectProps) {
  return (
    <SelectField label="Kind" value={value} onChange={(kind) => onChange(kind as Category["kind"])}>
      <option value="expense">Expense</option>
      <option value="income">Income</option>
    </SelectField>
  );
}

type Body = { name: string; parent_id: string | null };

async function create(kind: Category["kind"], body: Body): Promise<void> {
  const added = await endpoint.create({ ...body, kind });
  announce(`Added ${added.name}.`);
}

async function change(category: Category, body: Body): Promise<void> {
  const after = await endpoint.update(category, body);
  const { name, parent_id } = category;
  announceUndoable(`Changed ${after.name}`, () => endpoint.update(after, { name, parent_id }));
}

type ParentSelectProps = {
  all: readonly Category[];
  kind: Category["kind"];
  moved: Category | undefined;
  value: string;
  onChange: (id: string) => void;
  problem?: string;
};

/** A category cannot be put inside itself or what is in it. */
function ParentSelect({ all, kind, moved, value, onChange, problem }: ParentSelectProps) {
  const own = moved ? subtreeIds(all, moved.id) : new Set<string>();
  const possible = categoryLines(all, kind).filter(
    ({ category }) => !own.has(category.id) && category.system === null,
  );
  return (
    <SelectField label="Inside" value={value} onChange={onChange} problem={problem}>
      <option value="">Nothing, it stands alone</option>
      {possible.map(({ category, path }) => (
        <option key={category.id} value={category.id}>
          {path}
        </option>
      ))}
    </SelectField>
  );
}
