import { useState } from "react";
import { categories as endpoint } from "../../api/endpoints.ts";
import type { Category } from "../../api/types.ts";
import { useSession } from "../../app/session.ts";
import { type CategoryLine, categoryLines, useCategories } from "../../data/household.ts";
import { useResource } from "../../data/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { CategoryDialog, type Editing } from "./CategoryDialog.tsx";
import { CategoryLineItem } from "./CategoryLineItem.tsx";
import { DeleteCategoryDialog } from "./DeleteCategoryDialog.tsx";

export default function CategoriesPage() {
  const { isViewer } = useSession();
  const { value: all, error } = useCategories();
  const [editing, setEditing] = useState<Editing | null>(null);
  const [deleting, setDeleting] = useState<Category | null>(null);
  if (error && !all) return <ProblemNote error={error} />;
  if (!all) return <Loading rows={10} />;
  const tree = (kind: Category["kind"], title: string) => (
    <Tree
      title={title}
      lines={categoryLines(all, kind)}
      onAdd={(parent) => setEditing({ kind, parent })}
      onEdit={(category) => setEditing({ kind, category })}
      onDelete={setDeleting}
    />
  );
  return (
    <div className="page page-medium">
      <PageHead title="Categories">
        {!isViewer && (
          <Button icon="plus" kind="primary" onClick={() => setEditing({ kind: "expense" })}>
            New category
          </Button>
        )}
      </PageHead>
      <div className="category-columns">
        {tree("expense", "Expenses")}
        {tree("income", "Income")}
      </div>
      <DeletedCategories />
      {editing && <CategoryDialog editing={editing} all={all} onClose={() => setEditing(null)} />}
      {deleting && (
        <DeleteCategoryDialog category={deleting} all={all} onClose={() => setDeleting(null)} />
      )}
    </div>
  );
}

type TreeProps = {
  title: string;
  lines: readonly CategoryLine[];
  onAdd: (parent: Category) => void;
  onEdit: (category: Category) => void;
  onDelete: (category: Category) => void;
};

function Tree({ title, lines, onAdd, onEdit, onDelete }: TreeProps) {
  return (
    <section>
      <h2 className="section-title">{title}</h2>
      <ul className="card list category-list">
        {lines.map((line) => (
          <CategoryLineItem
            key={line.category.id}
            line={line}
            onAdd={() => onAdd(line.category)}
            onEdit={() => onEdit(line.category)}
            onDelete={() => onDelete(line.category)}
          />
        ))}
      </ul>
    </section>
  );
}

function DeletedCategories() {
  const { isViewer } = useSession();
  const { value: all = [] } = useResource("categories deleted", () => endpoint.all(true));
  const { isBusy, run } = useAction();
  const deleted = all.filter(({ deleted_at }) => deleted_at !== null);
  if (deleted.length === 0) return null;
  const restore = (category: Category) =>
    run(async () => {
      await endpoint.restore(category.id);
      announce(`${category.name} is back.`);
    });
  return (
    <section>
      <h2 className="section-title">Deleted</h2>
      <ul className="card list">
        {deleted.map((category) => (
          <li key={category.id} className="list-line">
            <span className="list-main">{category.name}</span>
            {!isViewer && (
              <Button icon="undo" disabled={isBusy} onClick={() => restore(category)}>
                Restore
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
