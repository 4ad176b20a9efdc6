import { address } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import type { CategoryLine } from "../../data/household.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Link } from "../../ui/Link.tsx";

type CategoryLineItemProps = {
  line: CategoryLine;
  onAdd: () => void;
  onEdit: () => void;
  onDelete: () => void;
};

/** The system's own category stays: rows without any other need a place. */
export function CategoryLineItem({ line, onAdd, onEdit, onDelete }: CategoryLineItemProps) {
  const { isViewer, locale } = useSession();
  const { category, depth } = line;
  const { name, transaction_count: count } = category;
  const register = address("/transactions", { category_id: category.id });
  return (
    <li className="category-line" style={{ paddingLeft: 14 + depth * 22 }}>
      <span className={depth === 0 ? "list-title clip" : "clip"}>{name}</span>
      <span className="category-count">
        {count > 0 && (
          <Link to={register} aria-label={`${count} transactions in ${name}`}>
            {count.toLocaleString(locale)}
          </Link>
        )}
      </span>
      {!isViewer && (
        <span className="category-tools">
          {category.system === null && (
            <>
              <IconButton icon="plus" label={`New category in ${name}`} onClick={onAdd} />
              <IconButton icon="edit" label={`Rename or move ${name}`} onClick={onEdit} />
              <IconButton icon="trash" label={`Delete ${name}`} onClick={onDelete} />
            </>
          )}
        </span>
      )}
    </li>
  );
}
